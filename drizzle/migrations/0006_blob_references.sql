-- NOT VALID: what is there is not looked through, so that no start fails on it; a delete is refused all the same.
CREATE TABLE "blob_holds" (
	"holder_kind" text NOT NULL,
	"holder_id" uuid NOT NULL,
	"sha256" text NOT NULL,
	CONSTRAINT "blob_holds_holder_kind_holder_id_sha256_pk" PRIMARY KEY("holder_kind","holder_id","sha256")
);
--> statement-breakpoint
CREATE TABLE "blob_sweeps" (
	"at" timestamp with time zone PRIMARY KEY DEFAULT now() NOT NULL,
	"removed_blobs" bigint NOT NULL,
	"removed_bytes" bigint NOT NULL,
	"waiting_blobs" bigint NOT NULL,
	"waiting_bytes" bigint NOT NULL,
	"took_ms" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "datasets" ADD COLUMN "temporary_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "datasets" ADD COLUMN "purged_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "datasets" ADD COLUMN "held_sha256" text GENERATED ALWAYS AS (case when purged_at is null then blob_sha256 end) STORED;--> statement-breakpoint
ALTER TABLE "blobs" ADD COLUMN "last_put_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "blobs" ADD COLUMN "free_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "blob_holds" ADD CONSTRAINT "blob_holds_sha256_blobs_sha256_fk" FOREIGN KEY ("sha256") REFERENCES "public"."blobs"("sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "blob_holds_sha_idx" ON "blob_holds" USING btree ("sha256");--> statement-breakpoint
ALTER TABLE "datasets" ADD CONSTRAINT "datasets_held_sha256_blobs_sha256_fk" FOREIGN KEY ("held_sha256") REFERENCES "public"."blobs"("sha256") ON DELETE no action ON UPDATE no action NOT VALID;--> statement-breakpoint
ALTER TABLE "materials" ADD CONSTRAINT "materials_blob_sha256_blobs_sha256_fk" FOREIGN KEY ("blob_sha256") REFERENCES "public"."blobs"("sha256") ON DELETE no action ON UPDATE no action NOT VALID;--> statement-breakpoint
ALTER TABLE "evaluations" ADD CONSTRAINT "evaluations_scores_sha256_blobs_sha256_fk" FOREIGN KEY ("scores_sha256") REFERENCES "public"."blobs"("sha256") ON DELETE no action ON UPDATE no action NOT VALID;--> statement-breakpoint
ALTER TABLE "evaluations" ADD CONSTRAINT "evaluations_examples_sha256_blobs_sha256_fk" FOREIGN KEY ("examples_sha256") REFERENCES "public"."blobs"("sha256") ON DELETE no action ON UPDATE no action NOT VALID;--> statement-breakpoint
ALTER TABLE "artifacts" ADD CONSTRAINT "artifacts_sha256_blobs_sha256_fk" FOREIGN KEY ("sha256") REFERENCES "public"."blobs"("sha256") ON DELETE no action ON UPDATE no action NOT VALID;--> statement-breakpoint
ALTER TABLE "recipes" ADD CONSTRAINT "recipes_code_sha256_blobs_sha256_fk" FOREIGN KEY ("code_sha256") REFERENCES "public"."blobs"("sha256") ON DELETE no action ON UPDATE no action NOT VALID;--> statement-breakpoint
ALTER TABLE "recipes" ADD CONSTRAINT "recipes_requirements_sha256_blobs_sha256_fk" FOREIGN KEY ("requirements_sha256") REFERENCES "public"."blobs"("sha256") ON DELETE no action ON UPDATE no action NOT VALID;--> statement-breakpoint
ALTER TABLE "model_versions" ADD CONSTRAINT "model_versions_onnx_sha256_blobs_sha256_fk" FOREIGN KEY ("onnx_sha256") REFERENCES "public"."blobs"("sha256") ON DELETE no action ON UPDATE no action NOT VALID;--> statement-breakpoint
CREATE INDEX "datasets_held_idx" ON "datasets" USING btree ("held_sha256");--> statement-breakpoint
CREATE INDEX "datasets_temporary_idx" ON "datasets" USING btree ("temporary_since") WHERE "datasets"."temporary_since" is not null and "datasets"."purged_at" is null;--> statement-breakpoint
CREATE INDEX "materials_blob_idx" ON "materials" USING btree ("blob_sha256");--> statement-breakpoint
CREATE INDEX "evaluations_scores_idx" ON "evaluations" USING btree ("scores_sha256");--> statement-breakpoint
CREATE INDEX "evaluations_examples_idx" ON "evaluations" USING btree ("examples_sha256");--> statement-breakpoint
CREATE INDEX "artifacts_sha_idx" ON "artifacts" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "recipes_code_idx" ON "recipes" USING btree ("code_sha256");--> statement-breakpoint
CREATE INDEX "recipes_requirements_idx" ON "recipes" USING btree ("requirements_sha256");--> statement-breakpoint
CREATE INDEX "model_versions_onnx_idx" ON "model_versions" USING btree ("onnx_sha256");--> statement-breakpoint
INSERT INTO "blob_holds" ("holder_kind", "holder_id", "sha256")
SELECT DISTINCT 'job', j."id", r."sha256" FROM "compute_jobs" j
CROSS JOIN LATERAL (
	SELECT j."spec"->>'code' AS "sha256"
	UNION SELECT j."spec"->'environment'->>'requirementsSha256'
	UNION SELECT i->>'sha256' FROM jsonb_array_elements(j."spec"->'inputs') i
) r JOIN "blobs" b ON b."sha256" = r."sha256";
