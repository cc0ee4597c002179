ALTER TABLE "alerts" ADD COLUMN "acknowledged_note" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "resolved_note" text DEFAULT '' NOT NULL;--> statement-breakpoint
-- One note was kept, of whoever spoke last; the audit has what each wrote.
UPDATE "alerts" SET
  "acknowledged_note" = coalesce((SELECT l."details"->>'note' FROM "audit_log" l WHERE l."project_id" = "alerts"."project_id" AND l."subject_kind" = 'alert' AND l."subject_id" = "alerts"."id"::text AND l."action" = 'monitoring.acknowledgeAlert' ORDER BY l."id" DESC LIMIT 1), ''),
  "resolved_note" = coalesce((SELECT l."details"->>'note' FROM "audit_log" l WHERE l."project_id" = "alerts"."project_id" AND l."subject_kind" = 'alert' AND l."subject_id" = "alerts"."id"::text AND l."action" = 'monitoring.resolveAlert' ORDER BY l."id" DESC LIMIT 1), '')
WHERE "note" <> '';
