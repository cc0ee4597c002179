CREATE TABLE "compute_reservations" (
	"agent_id" uuid PRIMARY KEY NOT NULL,
	"job_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"spare" jsonb NOT NULL,
	"made_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "compute_reservations" ADD CONSTRAINT "compute_reservations_agent_id_compute_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."compute_agents"("id") ON DELETE cascade ON UPDATE no action;