ALTER TABLE "reports" DROP CONSTRAINT "reports_owner_id_users_id_fk";
--> statement-breakpoint
ALTER TABLE "reports" ALTER COLUMN "owner_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "owner_name" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
UPDATE "reports" SET "owner_name" = "users"."name" FROM "users" WHERE "users"."id" = "reports"."owner_id";
