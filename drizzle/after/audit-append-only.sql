-- An audit row is never changed or removed; only the sealer may set its place in the chain, once.
create or replace function slipway_audit_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if current_setting('slipway.delete_project', true) = old.project_id::text then
      return old;
    end if;
    raise exception 'audit_log is append-only';
  end if;
  if old.seq is not null or new.seq is null
     or row(new.id, new.project_id, new.at, new.actor_kind, new.actor_id, new.actor_name, new.action, new.subject_kind,
            new.subject_id, new.subject_name, new.details, new.request_id)
        is distinct from
        row(old.id, old.project_id, old.at, old.actor_kind, old.actor_id, old.actor_name, old.action, old.subject_kind,
            old.subject_id, old.subject_name, old.details, old.request_id) then
    raise exception 'audit_log is append-only';
  end if;
  return new;
end $$;

create or replace trigger audit_log_guard before update or delete on audit_log
  for each row execute function slipway_audit_guard();
