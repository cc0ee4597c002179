CREATE TABLE "metric_restarts" (
	"run_id" uuid NOT NULL,
	"key_id" integer NOT NULL,
	"attempt" integer NOT NULL,
	"first_step" bigint NOT NULL,
	"is_line" boolean NOT NULL,
	"is_marked" boolean NOT NULL,
	CONSTRAINT "metric_restarts_run_id_key_id_attempt_pk" PRIMARY KEY("run_id","key_id","attempt")
);
--> statement-breakpoint
DROP INDEX "metric_chunks_run_idx";--> statement-breakpoint
ALTER TABLE "metric_batches" ADD COLUMN "attempt" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "metric_chunks" ADD COLUMN "attempt" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "attempts" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "attempt_base" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "attempt_over_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "metric_restarts" ADD CONSTRAINT "metric_restarts_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "metric_chunks_attempt_idx" ON "metric_chunks" USING btree ("run_id","packed","attempt","key_to","step_to");