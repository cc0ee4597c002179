DROP INDEX "links_to_idx";--> statement-breakpoint
CREATE INDEX "links_to_idx" ON "links" USING btree ("project_id","to_kind","to_id","from_kind","created_at");