ALTER TABLE "compute_jobs" ADD COLUMN "unestimated" text;--> statement-breakpoint
ALTER TABLE "compute_jobs" ADD COLUMN "like_command" text GENERATED ALWAYS AS (md5((spec->'command')::text)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "compute_jobs" ADD COLUMN "like_recipe" text GENERATED ALWAYS AS (labels->>'recipe') STORED;--> statement-breakpoint
ALTER TABLE "compute_jobs" ADD COLUMN "like_script" text GENERATED ALWAYS AS (case
  when spec->'command'->>1 is null then left(spec->'command'->>0, 200)
  when spec->'command'->>1 = '-m' then left(spec->'command'->>0, 200) || ' -m ' || left(spec->'command'->>2, 200)
  when left(spec->'command'->>1, 1) <> '-' then left(spec->'command'->>0, 200) || ' ' || left(spec->'command'->>1, 200)
end) STORED;--> statement-breakpoint
ALTER TABLE "experiments" ADD COLUMN "deleted_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "compute_jobs_like_command_idx" ON "compute_jobs" USING btree ("project_id","like_command","finished_at") WHERE "compute_jobs"."state" in ('succeeded','timed_out');--> statement-breakpoint
CREATE INDEX "compute_jobs_like_recipe_idx" ON "compute_jobs" USING btree ("project_id","like_recipe","finished_at") WHERE "compute_jobs"."state" in ('succeeded','timed_out');--> statement-breakpoint
CREATE INDEX "compute_jobs_like_script_idx" ON "compute_jobs" USING btree ("project_id","like_script","finished_at") WHERE "compute_jobs"."state" in ('succeeded','timed_out');--> statement-breakpoint
CREATE INDEX "logged_models_ready_idx" ON "logged_models" USING btree ("project_id","created_at") WHERE "logged_models"."status" = 'LOGGED_MODEL_READY' and "logged_models"."deleted_at" is null;--> statement-breakpoint
-- Nothing but its deletion moved a deleted experiment before.
UPDATE "experiments" SET "deleted_at" = "updated_at" WHERE "lifecycle_stage" = 'deleted';