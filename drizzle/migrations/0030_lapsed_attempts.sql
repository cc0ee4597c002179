ALTER TABLE "materials" ADD COLUMN "operation_id" uuid;--> statement-breakpoint
ALTER TABLE "compute_attempts" ADD COLUMN "lapsed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
UPDATE "compute_attempts" a SET "lapsed" = true FROM "compute_jobs" j WHERE j."id" = a."job_id" AND j."attempt" = a."number" AND a."state" = 'lost' AND a."cause" = 'agent_lost' AND j."state" IN ('queued', 'lost');
