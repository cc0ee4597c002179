CREATE TABLE "metric_batch_hashes" (
	"run_id" uuid NOT NULL,
	"hash" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "metric_batch_hashes_run_id_hash_pk" PRIMARY KEY("run_id","hash")
);
--> statement-breakpoint
CREATE TABLE "metric_batches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"points" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "metric_chunks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"key_from" text collate "C" NOT NULL,
	"key_to" text collate "C" NOT NULL,
	"packed" boolean NOT NULL,
	"step_from" bigint NOT NULL,
	"step_to" bigint NOT NULL,
	"count" integer NOT NULL,
	"points" "bytea" NOT NULL,
	"level_64" "bytea",
	"level_256" "bytea",
	"level_1024" "bytea"
);
--> statement-breakpoint
ALTER TABLE "metric_summaries" ADD COLUMN "value_sum" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metric_summaries" ADD COLUMN "value_count" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metric_batch_hashes" ADD CONSTRAINT "metric_batch_hashes_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "metric_batches" ADD CONSTRAINT "metric_batches_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "metric_chunks" ADD CONSTRAINT "metric_chunks_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "metric_batch_hashes_created_idx" ON "metric_batch_hashes" USING brin ("created_at");--> statement-breakpoint
CREATE INDEX "metric_batches_run_idx" ON "metric_batches" USING btree ("run_id","id");--> statement-breakpoint
CREATE INDEX "metric_chunks_run_idx" ON "metric_chunks" USING btree ("run_id","packed","key_to","step_to");