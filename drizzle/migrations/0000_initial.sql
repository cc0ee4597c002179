CREATE TABLE "datasets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text collate "C" NOT NULL,
	"version" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"blob_sha256" text NOT NULL,
	"input_sha256" text NOT NULL,
	"rows" bigint NOT NULL,
	"bytes" bigint NOT NULL,
	"columns" jsonb NOT NULL,
	"splits" jsonb NOT NULL,
	"statistics" jsonb NOT NULL,
	"sample_share" text DEFAULT '1' NOT NULL,
	"took_ms" integer NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "definition_versions" (
	"definition_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"sql_text" text,
	"applied_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "definition_versions_definition_id_version_pk" PRIMARY KEY("definition_id","version")
);
--> statement-breakpoint
CREATE TABLE "definitions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text collate "C" NOT NULL,
	"version" integer NOT NULL,
	"content_sha256" text NOT NULL,
	"definition" jsonb NOT NULL,
	"sql_text" text,
	"applied_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "materials" (
	"definition_id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"blob_sha256" text NOT NULL,
	"rows" bigint NOT NULL,
	"bytes" bigint NOT NULL,
	"input_sha256" text NOT NULL,
	"first_event_time" timestamp with time zone,
	"last_event_time" timestamp with time zone,
	"findings" jsonb NOT NULL,
	"statistics" jsonb NOT NULL,
	"took_ms" integer NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "online_state" (
	"definition_id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"watermark" timestamp with time zone,
	"rows_written" bigint DEFAULT 0 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "skew_checks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"dataset_id" uuid NOT NULL,
	"from_time" timestamp with time zone NOT NULL,
	"to_time" timestamp with time zone NOT NULL,
	"relative" text NOT NULL,
	"rows" bigint NOT NULL,
	"values" bigint NOT NULL,
	"differing" bigint NOT NULL,
	"by_feature" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "compute_agents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"credential_hash" text NOT NULL,
	"protocol" integer NOT NULL,
	"host" jsonb NOT NULL,
	"use" jsonb,
	"draining" boolean DEFAULT false NOT NULL,
	"cordoned_at" timestamp with time zone,
	"cordon_reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "compute_attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"job_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"agent_id" uuid NOT NULL,
	"claim_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"state" text NOT NULL,
	"cause" text,
	"message" text,
	"exit_code" integer,
	"signal" text,
	"devices" text[] NOT NULL,
	"lease_until" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"log_size" bigint DEFAULT 0 NOT NULL,
	"log_gaps" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"log_expired" boolean DEFAULT false NOT NULL,
	"cpu_seconds" double precision,
	"max_memory_bytes" bigint
);
--> statement-breakpoint
CREATE TABLE "compute_enrolments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"agent_id" uuid
);
--> statement-breakpoint
CREATE TABLE "compute_jobs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text NOT NULL,
	"spec" jsonb NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"cause" text,
	"message" text,
	"exit_code" integer,
	"signal" text,
	"priority" integer NOT NULL,
	"cpus" double precision NOT NULL,
	"memory_bytes" bigint NOT NULL,
	"gpus" integer NOT NULL,
	"needs_python" boolean NOT NULL,
	"labels" jsonb NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"blamed" integer DEFAULT 0 NOT NULL,
	"unblamed" integer DEFAULT 0 NOT NULL,
	"not_before" timestamp with time zone,
	"agent_id" uuid,
	"submitted_by" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"cancel_requested_at" timestamp with time zone,
	"cancelled_by" jsonb,
	"retry_of" uuid
);
--> statement-breakpoint
CREATE TABLE "compute_lease_watch" (
	"id" integer PRIMARY KEY NOT NULL,
	"swept_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "compute_log_chunks" (
	"project_id" uuid NOT NULL,
	"attempt_id" uuid NOT NULL,
	"offset" bigint NOT NULL,
	"length" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "compute_log_chunks_attempt_id_offset_pk" PRIMARY KEY("attempt_id","offset")
);
--> statement-breakpoint
CREATE TABLE "compute_usage" (
	"project_id" uuid NOT NULL,
	"attempt_id" uuid NOT NULL,
	"second" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"cpus" double precision NOT NULL,
	"memory_bytes" bigint NOT NULL,
	"gpus" jsonb NOT NULL,
	CONSTRAINT "compute_usage_attempt_id_second_pk" PRIMARY KEY("attempt_id","second")
);
--> statement-breakpoint
CREATE TABLE "comparisons" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"suite_id" uuid NOT NULL,
	"candidate_id" uuid NOT NULL,
	"baseline_id" uuid NOT NULL,
	"result" jsonb NOT NULL,
	"took_ms" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "evaluations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"suite_id" uuid NOT NULL,
	"logged_model_id" text NOT NULL,
	"model_name" text NOT NULL,
	"model_run_id" uuid,
	"dataset_id" uuid NOT NULL,
	"dataset_name" text NOT NULL,
	"dataset_version" integer NOT NULL,
	"scoring_run_id" uuid,
	"scores_sha256" text NOT NULL,
	"examples_sha256" text NOT NULL,
	"examples_digest" text NOT NULL,
	"rows" bigint NOT NULL,
	"result" jsonb NOT NULL,
	"took_ms" integer NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "suites" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text collate "C" NOT NULL,
	"version" integer NOT NULL,
	"is_current" boolean NOT NULL,
	"content_sha256" text NOT NULL,
	"definition" jsonb NOT NULL,
	"applied_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "artifacts" (
	"project_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"sha256" text NOT NULL,
	"size" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "artifacts_project_id_path_pk" PRIMARY KEY("project_id","path")
);
--> statement-breakpoint
CREATE TABLE "experiment_tags" (
	"experiment_id" uuid NOT NULL,
	"key" text collate "C" NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "experiment_tags_experiment_id_key_pk" PRIMARY KEY("experiment_id","key")
);
--> statement-breakpoint
CREATE TABLE "experiments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"no" integer NOT NULL,
	"name" text collate "C" NOT NULL,
	"artifact_location" text NOT NULL,
	"lifecycle_stage" text DEFAULT 'active' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "logged_models" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"experiment_id" uuid NOT NULL,
	"name" text collate "C" NOT NULL,
	"source_run_id" uuid,
	"model_type" text,
	"status" text NOT NULL,
	"artifact_uri" text NOT NULL,
	"params" jsonb NOT NULL,
	"tags" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "metric_points" (
	"run_id" uuid NOT NULL,
	"key" text collate "C" NOT NULL,
	"step" bigint NOT NULL,
	"timestamp" bigint NOT NULL,
	"value" double precision NOT NULL,
	CONSTRAINT "metric_points_run_id_key_step_timestamp_value_pk" PRIMARY KEY("run_id","key","step","timestamp","value")
);
--> statement-breakpoint
CREATE TABLE "metric_summaries" (
	"run_id" uuid NOT NULL,
	"key" text collate "C" NOT NULL,
	"last_value" double precision NOT NULL,
	"last_step" bigint NOT NULL,
	"last_timestamp" bigint NOT NULL,
	"min_value" double precision,
	"min_step" bigint,
	"max_value" double precision,
	"max_step" bigint,
	"first_timestamp" bigint NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "metric_summaries_run_id_key_pk" PRIMARY KEY("run_id","key")
);
--> statement-breakpoint
CREATE TABLE "recipes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text collate "C" NOT NULL,
	"version" integer NOT NULL,
	"content_sha256" text NOT NULL,
	"definition" jsonb NOT NULL,
	"code_sha256" text NOT NULL,
	"requirements_sha256" text,
	"is_current" smallint DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "run_inputs" (
	"run_id" uuid NOT NULL,
	"name" text NOT NULL,
	"digest" text NOT NULL,
	"source_type" text NOT NULL,
	"source" text NOT NULL,
	"schema" text,
	"profile" text,
	"tags" jsonb NOT NULL,
	CONSTRAINT "run_inputs_run_id_name_digest_pk" PRIMARY KEY("run_id","name","digest")
);
--> statement-breakpoint
CREATE TABLE "run_outputs" (
	"run_id" uuid NOT NULL,
	"model_id" text NOT NULL,
	"step" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "run_outputs_run_id_model_id_pk" PRIMARY KEY("run_id","model_id")
);
--> statement-breakpoint
CREATE TABLE "run_params" (
	"run_id" uuid NOT NULL,
	"key" text collate "C" NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "run_params_run_id_key_pk" PRIMARY KEY("run_id","key")
);
--> statement-breakpoint
CREATE TABLE "run_tags" (
	"run_id" uuid NOT NULL,
	"key" text collate "C" NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "run_tags_run_id_key_pk" PRIMARY KEY("run_id","key")
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"experiment_id" uuid NOT NULL,
	"name" text collate "C" NOT NULL,
	"status" text NOT NULL,
	"lifecycle_stage" text DEFAULT 'active' NOT NULL,
	"user_name" text DEFAULT '' NOT NULL,
	"start_time" bigint,
	"end_time" bigint,
	"artifact_uri" text NOT NULL,
	"parent_run_id" uuid,
	"job_id" uuid,
	"recipe_id" uuid,
	"launch" jsonb,
	"failure" text,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "api_tokens" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text DEFAULT 'project' NOT NULL,
	"project_id" uuid,
	"user_id" uuid,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"hint" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"last_used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"scope" text NOT NULL,
	"key" text NOT NULL,
	"action" text NOT NULL,
	"request_hash" text NOT NULL,
	"response" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_scope_key_pk" PRIMARY KEY("scope","key")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"project_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_project_id_user_id_pk" PRIMARY KEY("project_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "one_time_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"secret_hash" text NOT NULL,
	"project_id" uuid,
	"user_id" uuid,
	"role" text,
	"email" text,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "projects" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_attempts" (
	"subject" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"window_start" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"is_admin" boolean DEFAULT false NOT NULL,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "gate_verdicts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"model_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"champion_version_id" uuid,
	"suite" text NOT NULL,
	"suite_version" integer NOT NULL,
	"digest" text NOT NULL,
	"outcome" text NOT NULL,
	"verdict" jsonb NOT NULL,
	"evaluation_id" uuid NOT NULL,
	"comparison_id" uuid,
	"skew_check_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inferences" (
	"project_id" uuid NOT NULL,
	"model_id" uuid NOT NULL,
	"prediction_id" text NOT NULL,
	"version" integer NOT NULL,
	"event_time" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"score" double precision,
	"features" double precision[],
	"keys" jsonb,
	"weight" double precision DEFAULT 1 NOT NULL,
	"sequence" bigint GENERATED ALWAYS AS IDENTITY (sequence name "inferences_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	CONSTRAINT "inferences_model_id_prediction_id_pk" PRIMARY KEY("model_id","prediction_id")
);
--> statement-breakpoint
CREATE TABLE "ledger" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"model_id" uuid NOT NULL,
	"alias" text NOT NULL,
	"version_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"held_from" timestamp with time zone DEFAULT now() NOT NULL,
	"held_to" timestamp with time zone,
	"cause" text NOT NULL,
	"promotion_id" uuid,
	"by_name" text NOT NULL,
	"note" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "model_aliases" (
	"model_id" uuid NOT NULL,
	"alias" text collate "C" NOT NULL,
	"version_id" uuid NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "model_aliases_model_id_alias_pk" PRIMARY KEY("model_id","alias")
);
--> statement-breakpoint
CREATE TABLE "model_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"model_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"source" text NOT NULL,
	"logged_model_id" text,
	"run_id" uuid,
	"dataset_id" uuid,
	"dataset_digest" text,
	"digest" text NOT NULL,
	"onnx_sha256" text,
	"signature" jsonb,
	"not_servable" text,
	"tags" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"stage" text DEFAULT 'None' NOT NULL,
	"created_by_kind" text NOT NULL,
	"created_by_id" text NOT NULL,
	"created_by_name" text NOT NULL,
	"created_by_user_id" uuid,
	"is_deleted" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "models" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text collate "C" NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"suite" text,
	"service" text,
	"approval" text DEFAULT 'person' NOT NULL,
	"tags" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "promotions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"model_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"alias" text NOT NULL,
	"digest" text NOT NULL,
	"state" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"verdict_id" uuid,
	"expected_version_id" uuid,
	"requested_by_name" text NOT NULL,
	"requested_by_user_id" uuid,
	"decided_by_name" text,
	"decided_by_user_id" uuid,
	"decision" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "serving_minutes" (
	"project_id" uuid NOT NULL,
	"model_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"minute" timestamp with time zone NOT NULL,
	"outcome" text NOT NULL,
	"requests" integer NOT NULL,
	"rows" bigint NOT NULL,
	"latency" integer[] NOT NULL,
	CONSTRAINT "serving_minutes_model_id_minute_version_outcome_pk" PRIMARY KEY("model_id","minute","version","outcome")
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"monitor_id" uuid NOT NULL,
	"rule" text NOT NULL,
	"state" text NOT NULL,
	"dedup_key" text NOT NULL,
	"title" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"last_ends_at" timestamp with time zone NOT NULL,
	"resolved_ends_at" timestamp with time zone,
	"windows" integer DEFAULT 1 NOT NULL,
	"evidence" jsonb NOT NULL,
	"fired_at" timestamp with time zone DEFAULT now() NOT NULL,
	"acknowledged_at" timestamp with time zone,
	"acknowledged_by" text,
	"note" text DEFAULT '' NOT NULL,
	"resolved_at" timestamp with time zone,
	"resolved_by" text
);
--> statement-breakpoint
CREATE TABLE "baselines" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"monitor_id" uuid NOT NULL,
	"monitor_version" integer NOT NULL,
	"model_version" integer NOT NULL,
	"onnx_sha256" text NOT NULL,
	"dataset_id" uuid NOT NULL,
	"dataset_name" text NOT NULL,
	"rows" bigint NOT NULL,
	"columns" jsonb NOT NULL,
	"limits" jsonb NOT NULL,
	"backtest" jsonb NOT NULL,
	"took_ms" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "channels" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"config" jsonb NOT NULL,
	"secret" text NOT NULL,
	"is_enabled" boolean DEFAULT true NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"alert_id" uuid,
	"event" text NOT NULL,
	"payload" jsonb NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_status" integer,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"delivered_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "label_days" (
	"model_id" uuid NOT NULL,
	"day" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	"project_id" uuid NOT NULL,
	"labels" bigint NOT NULL,
	"positives" bigint NOT NULL,
	"log_loss_sum" double precision NOT NULL,
	"score_sum" double precision NOT NULL,
	CONSTRAINT "label_days_model_id_day_version_pk" PRIMARY KEY("model_id","day","version")
);
--> statement-breakpoint
CREATE TABLE "label_tallies" (
	"model_id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"received" bigint DEFAULT 0 NOT NULL,
	"joined" bigint DEFAULT 0 NOT NULL,
	"waiting" bigint DEFAULT 0 NOT NULL,
	"duplicates" bigint DEFAULT 0 NOT NULL,
	"conflicting" bigint DEFAULT 0 NOT NULL,
	"late" bigint DEFAULT 0 NOT NULL,
	"unsampled" bigint DEFAULT 0 NOT NULL,
	"dropped" bigint DEFAULT 0 NOT NULL,
	"watermark" timestamp with time zone,
	"label_cursor" bigint DEFAULT 0 NOT NULL,
	"inference_cursor" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "labels" (
	"project_id" uuid NOT NULL,
	"model_id" uuid NOT NULL,
	"prediction_id" text NOT NULL,
	"label" smallint NOT NULL,
	"known_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"is_joined" boolean DEFAULT false NOT NULL,
	"sequence" bigint GENERATED ALWAYS AS IDENTITY (sequence name "labels_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	CONSTRAINT "labels_model_id_prediction_id_pk" PRIMARY KEY("model_id","prediction_id")
);
--> statement-breakpoint
CREATE TABLE "monitor_hours" (
	"baseline_id" uuid NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"rows" integer NOT NULL,
	"weighted" double precision NOT NULL,
	"scored" integer NOT NULL,
	"score_sum" double precision NOT NULL,
	"counts" "bytea" NOT NULL,
	CONSTRAINT "monitor_hours_baseline_id_hour_pk" PRIMARY KEY("baseline_id","hour")
);
--> statement-breakpoint
CREATE TABLE "monitor_versions" (
	"monitor_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"applied_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "monitor_versions_monitor_id_version_pk" PRIMARY KEY("monitor_id","version")
);
--> statement-breakpoint
CREATE TABLE "monitor_windows" (
	"monitor_id" uuid NOT NULL,
	"rule" text NOT NULL,
	"column_name" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"value" double precision,
	"low" double precision,
	"high" double precision,
	"rows" bigint NOT NULL,
	"verdict" text NOT NULL,
	"ratio" double precision,
	"model_version" integer NOT NULL,
	CONSTRAINT "monitor_windows_monitor_id_rule_ends_at_column_name_pk" PRIMARY KEY("monitor_id","rule","ends_at","column_name")
);
--> statement-breakpoint
CREATE TABLE "monitors" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text collate "C" NOT NULL,
	"version" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"model_id" uuid NOT NULL,
	"baseline_id" uuid,
	"baseline_error" text,
	"cursor" bigint DEFAULT 0 NOT NULL,
	"watermark" timestamp with time zone,
	"labels_seen" timestamp with time zone,
	"rows_folded" bigint DEFAULT 0 NOT NULL,
	"rows_ahead" bigint DEFAULT 0 NOT NULL,
	"judged_to" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"applied_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "replays" (
	"project_id" uuid NOT NULL,
	"name" text collate "C" NOT NULL,
	"model" text NOT NULL,
	"state" text NOT NULL,
	"wanted" text DEFAULT 'run' NOT NULL,
	"clock" timestamp with time zone,
	"from_time" timestamp with time zone,
	"until_time" timestamp with time zone,
	"hour_seconds" double precision NOT NULL,
	"scored" bigint DEFAULT 0 NOT NULL,
	"labelled" bigint DEFAULT 0 NOT NULL,
	"round" integer DEFAULT 1 NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "replays_project_id_name_pk" PRIMARY KEY("project_id","name")
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"action" text NOT NULL,
	"subject_kind" text,
	"subject_id" text,
	"subject_name" text,
	"details" jsonb NOT NULL,
	"request_id" text NOT NULL,
	"seq" bigint,
	"hash" text
);
--> statement-breakpoint
CREATE TABLE "blob_grants" (
	"project_id" uuid NOT NULL,
	"sha256" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "blob_grants_project_id_sha256_pk" PRIMARY KEY("project_id","sha256")
);
--> statement-breakpoint
CREATE TABLE "blobs" (
	"sha256" text PRIMARY KEY NOT NULL,
	"size" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "example_steps" (
	"project_id" uuid NOT NULL,
	"name" text NOT NULL,
	"position" bigint NOT NULL,
	"title" text NOT NULL,
	"state" text NOT NULL,
	"progress" double precision,
	"detail" text DEFAULT '' NOT NULL,
	"links" jsonb NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "example_steps_project_id_name_pk" PRIMARY KEY("project_id","name")
);
--> statement-breakpoint
CREATE TABLE "heartbeats" (
	"process" text PRIMARY KEY NOT NULL,
	"pid" bigint NOT NULL,
	"host" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"beat_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "links" (
	"project_id" uuid NOT NULL,
	"from_kind" text NOT NULL,
	"from_id" text NOT NULL,
	"to_kind" text NOT NULL,
	"to_id" text NOT NULL,
	"relation" text NOT NULL,
	"hold" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "links_project_id_from_kind_from_id_relation_to_kind_to_id_pk" PRIMARY KEY("project_id","from_kind","from_id","relation","to_kind","to_id")
);
--> statement-breakpoint
CREATE TABLE "operations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"subject_name" text NOT NULL,
	"payload" jsonb NOT NULL,
	"state" text NOT NULL,
	"stage" text DEFAULT '' NOT NULL,
	"progress" double precision,
	"attempt" bigint DEFAULT 0 NOT NULL,
	"result" jsonb,
	"error" text,
	"requested_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"heartbeat_at" timestamp with time zone,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "search_entries" (
	"project_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"object_id" text NOT NULL,
	"title" text NOT NULL,
	"detail" text DEFAULT '' NOT NULL,
	"path" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "search_entries_project_id_kind_object_id_pk" PRIMARY KEY("project_id","kind","object_id")
);
--> statement-breakpoint
ALTER TABLE "datasets" ADD CONSTRAINT "datasets_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "definition_versions" ADD CONSTRAINT "definition_versions_definition_id_definitions_id_fk" FOREIGN KEY ("definition_id") REFERENCES "public"."definitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "definitions" ADD CONSTRAINT "definitions_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "materials" ADD CONSTRAINT "materials_definition_id_definitions_id_fk" FOREIGN KEY ("definition_id") REFERENCES "public"."definitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "materials" ADD CONSTRAINT "materials_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "online_state" ADD CONSTRAINT "online_state_definition_id_definitions_id_fk" FOREIGN KEY ("definition_id") REFERENCES "public"."definitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "online_state" ADD CONSTRAINT "online_state_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "skew_checks" ADD CONSTRAINT "skew_checks_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "skew_checks" ADD CONSTRAINT "skew_checks_dataset_id_datasets_id_fk" FOREIGN KEY ("dataset_id") REFERENCES "public"."datasets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compute_attempts" ADD CONSTRAINT "compute_attempts_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compute_attempts" ADD CONSTRAINT "compute_attempts_job_id_compute_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."compute_jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compute_attempts" ADD CONSTRAINT "compute_attempts_agent_id_compute_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."compute_agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compute_enrolments" ADD CONSTRAINT "compute_enrolments_agent_id_compute_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."compute_agents"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compute_jobs" ADD CONSTRAINT "compute_jobs_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compute_jobs" ADD CONSTRAINT "compute_jobs_agent_id_compute_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."compute_agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compute_log_chunks" ADD CONSTRAINT "compute_log_chunks_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compute_log_chunks" ADD CONSTRAINT "compute_log_chunks_attempt_id_compute_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."compute_attempts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compute_usage" ADD CONSTRAINT "compute_usage_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compute_usage" ADD CONSTRAINT "compute_usage_attempt_id_compute_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."compute_attempts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comparisons" ADD CONSTRAINT "comparisons_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comparisons" ADD CONSTRAINT "comparisons_suite_id_suites_id_fk" FOREIGN KEY ("suite_id") REFERENCES "public"."suites"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comparisons" ADD CONSTRAINT "comparisons_candidate_id_evaluations_id_fk" FOREIGN KEY ("candidate_id") REFERENCES "public"."evaluations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comparisons" ADD CONSTRAINT "comparisons_baseline_id_evaluations_id_fk" FOREIGN KEY ("baseline_id") REFERENCES "public"."evaluations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluations" ADD CONSTRAINT "evaluations_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluations" ADD CONSTRAINT "evaluations_suite_id_suites_id_fk" FOREIGN KEY ("suite_id") REFERENCES "public"."suites"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suites" ADD CONSTRAINT "suites_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "artifacts" ADD CONSTRAINT "artifacts_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experiment_tags" ADD CONSTRAINT "experiment_tags_experiment_id_experiments_id_fk" FOREIGN KEY ("experiment_id") REFERENCES "public"."experiments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experiments" ADD CONSTRAINT "experiments_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "logged_models" ADD CONSTRAINT "logged_models_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "logged_models" ADD CONSTRAINT "logged_models_experiment_id_experiments_id_fk" FOREIGN KEY ("experiment_id") REFERENCES "public"."experiments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "metric_points" ADD CONSTRAINT "metric_points_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "metric_summaries" ADD CONSTRAINT "metric_summaries_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recipes" ADD CONSTRAINT "recipes_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_inputs" ADD CONSTRAINT "run_inputs_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_outputs" ADD CONSTRAINT "run_outputs_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_outputs" ADD CONSTRAINT "run_outputs_model_id_logged_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."logged_models"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_params" ADD CONSTRAINT "run_params_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_tags" ADD CONSTRAINT "run_tags_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_experiment_id_experiments_id_fk" FOREIGN KEY ("experiment_id") REFERENCES "public"."experiments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "one_time_links" ADD CONSTRAINT "one_time_links_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "one_time_links" ADD CONSTRAINT "one_time_links_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "one_time_links" ADD CONSTRAINT "one_time_links_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gate_verdicts" ADD CONSTRAINT "gate_verdicts_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gate_verdicts" ADD CONSTRAINT "gate_verdicts_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."models"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gate_verdicts" ADD CONSTRAINT "gate_verdicts_version_id_model_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."model_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inferences" ADD CONSTRAINT "inferences_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger" ADD CONSTRAINT "ledger_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger" ADD CONSTRAINT "ledger_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."models"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_aliases" ADD CONSTRAINT "model_aliases_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."models"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_aliases" ADD CONSTRAINT "model_aliases_version_id_model_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."model_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_versions" ADD CONSTRAINT "model_versions_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_versions" ADD CONSTRAINT "model_versions_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."models"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "models" ADD CONSTRAINT "models_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotions" ADD CONSTRAINT "promotions_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotions" ADD CONSTRAINT "promotions_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."models"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotions" ADD CONSTRAINT "promotions_version_id_model_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."model_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "serving_minutes" ADD CONSTRAINT "serving_minutes_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_monitor_id_monitors_id_fk" FOREIGN KEY ("monitor_id") REFERENCES "public"."monitors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "baselines" ADD CONSTRAINT "baselines_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "baselines" ADD CONSTRAINT "baselines_monitor_id_monitors_id_fk" FOREIGN KEY ("monitor_id") REFERENCES "public"."monitors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channels" ADD CONSTRAINT "channels_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "label_days" ADD CONSTRAINT "label_days_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "label_tallies" ADD CONSTRAINT "label_tallies_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "labels" ADD CONSTRAINT "labels_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "monitor_hours" ADD CONSTRAINT "monitor_hours_baseline_id_baselines_id_fk" FOREIGN KEY ("baseline_id") REFERENCES "public"."baselines"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "monitor_versions" ADD CONSTRAINT "monitor_versions_monitor_id_monitors_id_fk" FOREIGN KEY ("monitor_id") REFERENCES "public"."monitors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "monitor_windows" ADD CONSTRAINT "monitor_windows_monitor_id_monitors_id_fk" FOREIGN KEY ("monitor_id") REFERENCES "public"."monitors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "monitors" ADD CONSTRAINT "monitors_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replays" ADD CONSTRAINT "replays_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "blob_grants" ADD CONSTRAINT "blob_grants_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "blob_grants" ADD CONSTRAINT "blob_grants_sha256_blobs_sha256_fk" FOREIGN KEY ("sha256") REFERENCES "public"."blobs"("sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "example_steps" ADD CONSTRAINT "example_steps_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "links" ADD CONSTRAINT "links_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_entries" ADD CONSTRAINT "search_entries_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "datasets_version_key" ON "datasets" USING btree ("project_id","name","version");--> statement-breakpoint
CREATE UNIQUE INDEX "datasets_input_key" ON "datasets" USING btree ("project_id","name","input_sha256");--> statement-breakpoint
CREATE INDEX "datasets_project_idx" ON "datasets" USING btree ("project_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "definitions_name_key" ON "definitions" USING btree ("project_id","kind","name");--> statement-breakpoint
CREATE INDEX "skew_checks_dataset_idx" ON "skew_checks" USING btree ("dataset_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "compute_agents_credential_key" ON "compute_agents" USING btree ("credential_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "compute_attempts_job_key" ON "compute_attempts" USING btree ("job_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "compute_attempts_token_key" ON "compute_attempts" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "compute_attempts_claim_idx" ON "compute_attempts" USING btree ("agent_id","claim_id");--> statement-breakpoint
CREATE INDEX "compute_attempts_open_idx" ON "compute_attempts" USING btree ("lease_until") WHERE "compute_attempts"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "compute_attempts_log_idx" ON "compute_attempts" USING btree ("finished_at") WHERE not "compute_attempts"."log_expired";--> statement-breakpoint
CREATE UNIQUE INDEX "compute_enrolments_token_key" ON "compute_enrolments" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "compute_jobs_project_idx" ON "compute_jobs" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "compute_jobs_project_state_idx" ON "compute_jobs" USING btree ("project_id","state","id");--> statement-breakpoint
CREATE INDEX "compute_jobs_queue_idx" ON "compute_jobs" USING btree ("priority" DESC NULLS FIRST,"id") WHERE "compute_jobs"."state" = 'queued';--> statement-breakpoint
CREATE INDEX "compute_jobs_open_idx" ON "compute_jobs" USING btree ("agent_id") WHERE "compute_jobs"."state" in ('preparing','running');--> statement-breakpoint
CREATE INDEX "compute_jobs_finished_idx" ON "compute_jobs" USING btree ("project_id","finished_at") WHERE "compute_jobs"."finished_at" is not null;--> statement-breakpoint
CREATE INDEX "compute_jobs_labels_idx" ON "compute_jobs" USING gin ("labels" jsonb_path_ops);--> statement-breakpoint
CREATE UNIQUE INDEX "comparisons_pair_key" ON "comparisons" USING btree ("project_id","candidate_id","baseline_id");--> statement-breakpoint
CREATE INDEX "comparisons_project_idx" ON "comparisons" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "comparisons_baseline_idx" ON "comparisons" USING btree ("baseline_id");--> statement-breakpoint
CREATE UNIQUE INDEX "evaluations_content_key" ON "evaluations" USING btree ("project_id","suite_id","logged_model_id","dataset_id","scores_sha256");--> statement-breakpoint
CREATE INDEX "evaluations_project_idx" ON "evaluations" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "evaluations_model_idx" ON "evaluations" USING btree ("project_id","logged_model_id","id");--> statement-breakpoint
CREATE INDEX "evaluations_suite_idx" ON "evaluations" USING btree ("suite_id","id");--> statement-breakpoint
CREATE INDEX "evaluations_dataset_idx" ON "evaluations" USING btree ("project_id","dataset_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "suites_version_key" ON "suites" USING btree ("project_id","name","version");--> statement-breakpoint
CREATE UNIQUE INDEX "suites_content_key" ON "suites" USING btree ("project_id","name","content_sha256");--> statement-breakpoint
CREATE UNIQUE INDEX "suites_current_key" ON "suites" USING btree ("project_id","name") WHERE "suites"."is_current";--> statement-breakpoint
CREATE UNIQUE INDEX "experiments_no_key" ON "experiments" USING btree ("project_id","no");--> statement-breakpoint
CREATE UNIQUE INDEX "experiments_name_key" ON "experiments" USING btree ("project_id","name");--> statement-breakpoint
CREATE INDEX "logged_models_experiment_idx" ON "logged_models" USING btree ("experiment_id","created_at");--> statement-breakpoint
CREATE INDEX "logged_models_run_idx" ON "logged_models" USING btree ("source_run_id");--> statement-breakpoint
CREATE INDEX "metric_summaries_key_idx" ON "metric_summaries" USING btree ("key","last_value");--> statement-breakpoint
CREATE UNIQUE INDEX "recipes_version_key" ON "recipes" USING btree ("project_id","name","version");--> statement-breakpoint
CREATE UNIQUE INDEX "recipes_content_key" ON "recipes" USING btree ("project_id","name","content_sha256");--> statement-breakpoint
CREATE INDEX "run_tags_key_idx" ON "run_tags" USING btree ("key","value");--> statement-breakpoint
CREATE INDEX "runs_experiment_idx" ON "runs" USING btree ("experiment_id","start_time","id");--> statement-breakpoint
CREATE INDEX "runs_project_idx" ON "runs" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "runs_job_idx" ON "runs" USING btree ("job_id");--> statement-breakpoint
CREATE INDEX "runs_parent_idx" ON "runs" USING btree ("parent_run_id");--> statement-breakpoint
CREATE UNIQUE INDEX "api_tokens_hash_key" ON "api_tokens" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "api_tokens_project_idx" ON "api_tokens" USING btree ("project_id","created_at");--> statement-breakpoint
CREATE INDEX "idempotency_keys_created_idx" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "memberships_user_idx" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_time_links_secret_key" ON "one_time_links" USING btree ("secret_hash");--> statement-breakpoint
CREATE INDEX "one_time_links_project_idx" ON "one_time_links" USING btree ("project_id");--> statement-breakpoint
CREATE UNIQUE INDEX "projects_slug_key" ON "projects" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "sessions_user_idx" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key" ON "users" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "gate_verdicts_version_idx" ON "gate_verdicts" USING btree ("version_id","created_at");--> statement-breakpoint
CREATE INDEX "gate_verdicts_model_idx" ON "gate_verdicts" USING btree ("model_id","created_at");--> statement-breakpoint
CREATE INDEX "inferences_received_idx" ON "inferences" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "inferences_sequence_idx" ON "inferences" USING btree ("model_id","sequence");--> statement-breakpoint
CREATE INDEX "inferences_event_idx" ON "inferences" USING brin ("event_time");--> statement-breakpoint
CREATE INDEX "ledger_model_idx" ON "ledger" USING btree ("model_id","alias","held_from");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_current_key" ON "ledger" USING btree ("model_id","alias") WHERE "ledger"."held_to" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "model_versions_key" ON "model_versions" USING btree ("model_id","version");--> statement-breakpoint
CREATE INDEX "model_versions_logged_idx" ON "model_versions" USING btree ("logged_model_id");--> statement-breakpoint
CREATE UNIQUE INDEX "models_name_key" ON "models" USING btree ("project_id","name");--> statement-breakpoint
CREATE INDEX "promotions_model_idx" ON "promotions" USING btree ("model_id","id");--> statement-breakpoint
CREATE INDEX "promotions_open_idx" ON "promotions" USING btree ("project_id","state");--> statement-breakpoint
CREATE INDEX "serving_minutes_minute_idx" ON "serving_minutes" USING btree ("minute");--> statement-breakpoint
CREATE INDEX "alerts_project_idx" ON "alerts" USING btree ("project_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "alerts_open_key" ON "alerts" USING btree ("monitor_id","rule") WHERE "alerts"."state" <> 'resolved';--> statement-breakpoint
CREATE INDEX "baselines_monitor_idx" ON "baselines" USING btree ("monitor_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "channels_name_key" ON "channels" USING btree ("project_id","name");--> statement-breakpoint
CREATE INDEX "deliveries_channel_idx" ON "deliveries" USING btree ("channel_id","created_at");--> statement-breakpoint
CREATE INDEX "deliveries_alert_idx" ON "deliveries" USING btree ("alert_id");--> statement-breakpoint
CREATE INDEX "labels_sequence_idx" ON "labels" USING btree ("model_id","sequence");--> statement-breakpoint
CREATE INDEX "labels_received_idx" ON "labels" USING btree ("received_at");--> statement-breakpoint
CREATE UNIQUE INDEX "monitors_name_key" ON "monitors" USING btree ("project_id","name");--> statement-breakpoint
CREATE INDEX "monitors_model_idx" ON "monitors" USING btree ("model_id");--> statement-breakpoint
CREATE INDEX "audit_log_project_idx" ON "audit_log" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_unsealed_idx" ON "audit_log" USING btree ("project_id","id") WHERE "audit_log"."seq" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "audit_log_seq_key" ON "audit_log" USING btree (coalesce("project_id", '00000000-0000-0000-0000-000000000000'::uuid),"seq");--> statement-breakpoint
CREATE INDEX "audit_log_subject_idx" ON "audit_log" USING btree ("project_id","subject_kind","subject_id");--> statement-breakpoint
CREATE INDEX "blob_grants_sha_idx" ON "blob_grants" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "links_to_idx" ON "links" USING btree ("project_id","to_kind","to_id");--> statement-breakpoint
CREATE INDEX "operations_project_idx" ON "operations" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "operations_subject_idx" ON "operations" USING btree ("project_id","subject_kind","subject_id","id");--> statement-breakpoint
CREATE INDEX "operations_open_idx" ON "operations" USING btree ("state") WHERE "operations"."state" in ('queued','running');--> statement-breakpoint
CREATE INDEX "search_entries_recent_idx" ON "search_entries" USING btree ("project_id","updated_at");