ALTER TABLE "projects" ADD COLUMN "archived_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "archived_by" text;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "monitors" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "events" text[] DEFAULT '{alert.firing,alert.acknowledged,alert.resolved}' NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "last_ms" integer;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "last_attempt_at" timestamp with time zone;