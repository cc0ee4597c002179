CREATE TABLE "compute_dependencies" (
	"project_id" uuid NOT NULL,
	"job_id" uuid NOT NULL,
	"after_id" uuid NOT NULL,
	"requires" text NOT NULL,
	"met_at" timestamp with time zone,
	CONSTRAINT "compute_dependencies_job_id_after_id_pk" PRIMARY KEY("job_id","after_id")
);
--> statement-breakpoint
DROP INDEX "compute_jobs_queue_idx";--> statement-breakpoint
ALTER TABLE "compute_jobs" ADD COLUMN "waits_for" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "compute_jobs" ADD COLUMN "ready_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "compute_dependencies" ADD CONSTRAINT "compute_dependencies_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compute_dependencies" ADD CONSTRAINT "compute_dependencies_job_id_compute_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."compute_jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compute_dependencies" ADD CONSTRAINT "compute_dependencies_after_id_compute_jobs_id_fk" FOREIGN KEY ("after_id") REFERENCES "public"."compute_jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "compute_dependencies_after_idx" ON "compute_dependencies" USING btree ("after_id","job_id");--> statement-breakpoint
CREATE INDEX "compute_jobs_blocked_idx" ON "compute_jobs" USING btree ("project_id","id") WHERE "compute_jobs"."state" = 'queued' and "compute_jobs"."waits_for" > 0;--> statement-breakpoint
CREATE INDEX "compute_jobs_queue_idx" ON "compute_jobs" USING btree ("priority" DESC NULLS FIRST,"id") WHERE "compute_jobs"."state" = 'queued' and "compute_jobs"."waits_for" = 0;