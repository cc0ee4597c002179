-- Points so far become chunks: raw columns of the chunk format, little-endian doubles. Their pyramids come when they are next sealed.
CREATE FUNCTION pg_temp.little_endian(value double precision) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
	SELECT decode(regexp_replace(encode(float8send(value), 'hex'), '(..)(..)(..)(..)(..)(..)(..)(..)', '\8\7\6\5\4\3\2\1'), 'hex')
$$;
--> statement-breakpoint
INSERT INTO "metric_chunks" ("id", "run_id", "key_from", "key_to", "packed", "step_from", "step_to", "count", "points")
SELECT gen_random_uuid(), run_id, key, key, false, min(step), max(step), count(*),
	'\x01'::bytea
	|| CASE WHEN count(*) < 128 THEN decode(lpad(to_hex(count(*)), 2, '0'), 'hex') ELSE decode(lpad(to_hex(count(*) % 128 + 128), 2, '0') || lpad(to_hex(count(*) / 128), 2, '0'), 'hex') END
	|| '\x01'::bytea || string_agg(pg_temp.little_endian(step::double precision), ''::bytea ORDER BY at)
	|| '\x01'::bytea || string_agg(pg_temp.little_endian("timestamp"::double precision), ''::bytea ORDER BY at)
	|| '\x01'::bytea || string_agg(pg_temp.little_endian(value), ''::bytea ORDER BY at)
FROM (SELECT *, row_number() OVER (PARTITION BY run_id, key ORDER BY step, "timestamp", value) - 1 AS at FROM "metric_points") AS placed
GROUP BY run_id, key, at / 4096;
--> statement-breakpoint
UPDATE "metric_summaries" AS s SET "value_sum" = p.total, "value_count" = p.n
FROM (
	-- A sum that passes the largest double would be an error, and end the start.
	SELECT run_id, key, CASE WHEN count(*) = 1 THEN min(value) ELSE sum(CASE WHEN abs(value) < 1e290 THEN value ELSE sign(value) * 'Infinity'::double precision END) END AS total, count(*) AS n
	FROM "metric_points" WHERE value NOT IN ('NaN', 'Infinity', '-Infinity') GROUP BY run_id, key
) AS p
WHERE s.run_id = p.run_id AND s.key = p.key;
--> statement-breakpoint
DROP TABLE "metric_points" CASCADE;
