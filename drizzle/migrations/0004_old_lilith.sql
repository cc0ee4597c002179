CREATE TABLE "storage_samples" (
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"part" text NOT NULL,
	"bytes" bigint NOT NULL,
	CONSTRAINT "storage_samples_part_at_pk" PRIMARY KEY("part","at")
);
