ALTER TABLE "monitors" ADD COLUMN "own_clock" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "monitors" ADD COLUMN "rows_untimed" bigint DEFAULT 0 NOT NULL;