CREATE TABLE "model_metrics" (
	"model_id" text NOT NULL,
	"run_id" uuid NOT NULL,
	"key" text collate "C" NOT NULL,
	"dataset_name" text DEFAULT '' NOT NULL,
	"dataset_digest" text DEFAULT '' NOT NULL,
	"value" double precision NOT NULL,
	"step" bigint NOT NULL,
	"timestamp" bigint NOT NULL,
	CONSTRAINT "model_metrics_pk" PRIMARY KEY("model_id","key","run_id","dataset_name","dataset_digest")
);
--> statement-breakpoint
CREATE TABLE "run_model_inputs" (
	"run_id" uuid NOT NULL,
	"model_id" text NOT NULL,
	CONSTRAINT "run_model_inputs_run_id_model_id_pk" PRIMARY KEY("run_id","model_id")
);
--> statement-breakpoint
ALTER TABLE "model_metrics" ADD CONSTRAINT "model_metrics_model_id_logged_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."logged_models"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_metrics" ADD CONSTRAINT "model_metrics_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_model_inputs" ADD CONSTRAINT "run_model_inputs_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_model_inputs" ADD CONSTRAINT "run_model_inputs_model_id_logged_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."logged_models"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "model_metrics_run_idx" ON "model_metrics" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "run_model_inputs_model_idx" ON "run_model_inputs" USING btree ("model_id");