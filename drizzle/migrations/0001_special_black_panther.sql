CREATE TABLE "evaluation_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"suite_id" uuid NOT NULL,
	"logged_model_id" text NOT NULL,
	"model_name" text NOT NULL,
	"model_run_id" uuid,
	"experiment_id" uuid NOT NULL,
	"dataset_id" uuid NOT NULL,
	"dataset_name" text NOT NULL,
	"dataset_version" integer NOT NULL,
	"recipe" text,
	"scoring_run_id" uuid,
	"job_id" uuid,
	"scores_path" text,
	"operation_id" uuid,
	"failure" text,
	"requested_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "evaluation_requests" ADD CONSTRAINT "evaluation_requests_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_requests" ADD CONSTRAINT "evaluation_requests_suite_id_suites_id_fk" FOREIGN KEY ("suite_id") REFERENCES "public"."suites"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "evaluation_requests_job_key" ON "evaluation_requests" USING btree ("job_id");--> statement-breakpoint
CREATE INDEX "evaluation_requests_project_idx" ON "evaluation_requests" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "evaluation_requests_model_idx" ON "evaluation_requests" USING btree ("project_id","logged_model_id","id");