CREATE TABLE "field_keys" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "field_keys_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"experiment_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"key" text collate "C" NOT NULL
);
--> statement-breakpoint
-- Keys so far get their numbers, experiment by experiment.
INSERT INTO "field_keys" ("experiment_id", "scope", "key")
SELECT DISTINCT r.experiment_id, 'metric', v.key FROM "metric_summaries" v JOIN "runs" r ON r.id = v.run_id
UNION ALL
SELECT DISTINCT r.experiment_id, 'param', v.key FROM "run_params" v JOIN "runs" r ON r.id = v.run_id
UNION ALL
SELECT DISTINCT r.experiment_id, 'tag', v.key FROM "run_tags" v JOIN "runs" r ON r.id = v.run_id;--> statement-breakpoint
ALTER TABLE "field_keys" ADD CONSTRAINT "field_keys_experiment_id_experiments_id_fk" FOREIGN KEY ("experiment_id") REFERENCES "public"."experiments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "field_keys_key" ON "field_keys" USING btree ("experiment_id","scope","key");--> statement-breakpoint
DROP INDEX "metric_summaries_key_idx";--> statement-breakpoint
DROP INDEX "run_tags_key_idx";--> statement-breakpoint
DROP INDEX "runs_experiment_idx";--> statement-breakpoint
ALTER TABLE "metric_summaries" DROP CONSTRAINT "metric_summaries_run_id_key_pk";--> statement-breakpoint
ALTER TABLE "metric_summaries" ADD COLUMN "key_id" integer;--> statement-breakpoint
UPDATE "metric_summaries" AS v SET "key_id" = k.id FROM "runs" r JOIN "field_keys" k ON k.experiment_id = r.experiment_id AND k.scope = 'metric' WHERE r.id = v.run_id AND k.key = v.key;--> statement-breakpoint
ALTER TABLE "metric_summaries" ALTER COLUMN "key_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "metric_summaries" DROP COLUMN "key";--> statement-breakpoint
ALTER TABLE "metric_summaries" ADD CONSTRAINT "metric_summaries_run_id_key_id_pk" PRIMARY KEY("run_id","key_id");--> statement-breakpoint
ALTER TABLE "run_params" DROP CONSTRAINT "run_params_run_id_key_pk";--> statement-breakpoint
ALTER TABLE "run_params" ADD COLUMN "key_id" integer;--> statement-breakpoint
UPDATE "run_params" AS v SET "key_id" = k.id FROM "runs" r JOIN "field_keys" k ON k.experiment_id = r.experiment_id AND k.scope = 'param' WHERE r.id = v.run_id AND k.key = v.key;--> statement-breakpoint
ALTER TABLE "run_params" ALTER COLUMN "key_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "run_params" DROP COLUMN "key";--> statement-breakpoint
ALTER TABLE "run_params" ADD CONSTRAINT "run_params_run_id_key_id_pk" PRIMARY KEY("run_id","key_id");--> statement-breakpoint
ALTER TABLE "run_tags" DROP CONSTRAINT "run_tags_run_id_key_pk";--> statement-breakpoint
ALTER TABLE "run_tags" ADD COLUMN "key_id" integer;--> statement-breakpoint
UPDATE "run_tags" AS v SET "key_id" = k.id FROM "runs" r JOIN "field_keys" k ON k.experiment_id = r.experiment_id AND k.scope = 'tag' WHERE r.id = v.run_id AND k.key = v.key;--> statement-breakpoint
ALTER TABLE "run_tags" ALTER COLUMN "key_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "run_tags" DROP COLUMN "key";--> statement-breakpoint
ALTER TABLE "run_tags" ADD CONSTRAINT "run_tags_run_id_key_id_pk" PRIMARY KEY("run_id","key_id");--> statement-breakpoint
CREATE INDEX "metric_summaries_value_idx" ON "metric_summaries" USING btree ("key_id","last_value","run_id");--> statement-breakpoint
CREATE INDEX "run_params_value_idx" ON "run_params" USING btree ("key_id",left("value", 64));--> statement-breakpoint
CREATE INDEX "run_tags_value_idx" ON "run_tags" USING btree ("key_id",left("value", 64));--> statement-breakpoint
CREATE INDEX "runs_newest_idx" ON "runs" USING btree ("experiment_id","start_time" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "runs_open_idx" ON "runs" USING btree ("experiment_id","status") WHERE "runs"."status" in ('RUNNING', 'SCHEDULED');