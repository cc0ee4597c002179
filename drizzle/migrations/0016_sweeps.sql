CREATE TABLE "sweep_trials" (
	"sweep_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"state" text NOT NULL,
	"params" jsonb NOT NULL,
	"attrs" jsonb NOT NULL,
	"reported" jsonb NOT NULL,
	"run_id" uuid,
	"value" double precision,
	"pruned_at_step" integer,
	"failure" text,
	"seconds" double precision,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "sweep_trials_sweep_id_number_pk" PRIMARY KEY("sweep_id","number")
);
--> statement-breakpoint
CREATE TABLE "sweeps" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"experiment_id" uuid NOT NULL,
	"name" text NOT NULL,
	"recipe" text NOT NULL,
	"recipe_version" integer NOT NULL,
	"spec" jsonb NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"fault" text,
	"parent_run_id" uuid NOT NULL,
	"history" jsonb NOT NULL,
	"start_from" uuid,
	"importance" jsonb,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"resumed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"checked_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sweep_trials" ADD CONSTRAINT "sweep_trials_sweep_id_sweeps_id_fk" FOREIGN KEY ("sweep_id") REFERENCES "public"."sweeps"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweeps" ADD CONSTRAINT "sweeps_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweeps" ADD CONSTRAINT "sweeps_experiment_id_experiments_id_fk" FOREIGN KEY ("experiment_id") REFERENCES "public"."experiments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "sweep_trials_run_key" ON "sweep_trials" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "sweeps_experiment_idx" ON "sweeps" USING btree ("experiment_id","id");--> statement-breakpoint
CREATE INDEX "sweeps_project_idx" ON "sweeps" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "sweeps_open_idx" ON "sweeps" USING btree ("checked_at") WHERE "sweeps"."state" in ('running', 'stopping');