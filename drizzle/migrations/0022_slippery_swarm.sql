CREATE TABLE "compute_prices" (
	"id" integer PRIMARY KEY NOT NULL,
	"prices" jsonb NOT NULL,
	"set_by" text NOT NULL,
	"set_at" timestamp with time zone DEFAULT now() NOT NULL
);
