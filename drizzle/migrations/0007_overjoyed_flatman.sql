ALTER TABLE "compute_jobs" ADD COLUMN "estimated_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "compute_jobs" ADD COLUMN "start_earliest" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "compute_jobs" ADD COLUMN "start_latest" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "compute_jobs_estimated_idx" ON "compute_jobs" USING btree ("project_id","estimated_at") WHERE "compute_jobs"."estimated_at" is not null;