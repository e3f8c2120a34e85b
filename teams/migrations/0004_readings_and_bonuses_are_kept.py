"""Readings and signatures are only added to, a frozen bonus never changes, nobody signs their own."""

from django.db import migrations

from ipd.kernel.append_only import append_only

ANOTHER = """
CREATE FUNCTION refuse_own_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM teams_kpireading WHERE id = NEW.reading_id
               AND entered_by_id = NEW.by_id) THEN
        RAISE EXCEPTION 'a reading is approved by another than who entered it'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_reading_is_approved_by_another BEFORE INSERT ON teams_kpiapproval
    FOR EACH ROW EXECUTE FUNCTION refuse_own_approval();
"""
NOBODY = """
DROP TRIGGER a_reading_is_approved_by_another ON teams_kpiapproval;
DROP FUNCTION refuse_own_approval();
"""
KEEP = """
CREATE FUNCTION keep_frozen_round() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'frozen' THEN
        RAISE EXCEPTION 'a frozen bonus round is kept: % is refused', TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER frozen_rounds_never_change BEFORE UPDATE OR DELETE ON teams_bonusround
    FOR EACH ROW EXECUTE FUNCTION keep_frozen_round();

CREATE FUNCTION round_of_bonus(part jsonb) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT COALESCE((part->>'round_id')::bigint,
                    (SELECT round_id FROM teams_bonusteam WHERE id = (part->>'team_id')::bigint))
$$;
CREATE FUNCTION keep_frozen_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_part jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END;
    new_part jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END;
BEGIN
    IF EXISTS (SELECT 1 FROM teams_bonusround WHERE state = 'frozen'
               AND id IN (round_of_bonus(old_part), round_of_bonus(new_part)))
    THEN
        RAISE EXCEPTION 'a frozen bonus round is kept: % of % is refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER kpis_of_frozen_rounds_never_change
    BEFORE INSERT OR UPDATE OR DELETE ON teams_bonuskpi
    FOR EACH ROW EXECUTE FUNCTION keep_frozen_part();
CREATE TRIGGER grades_of_frozen_rounds_never_change
    BEFORE INSERT OR UPDATE OR DELETE ON teams_bonusgrade
    FOR EACH ROW EXECUTE FUNCTION keep_frozen_part();
CREATE TRIGGER teams_of_frozen_rounds_never_change
    BEFORE INSERT OR UPDATE OR DELETE ON teams_bonusteam
    FOR EACH ROW EXECUTE FUNCTION keep_frozen_part();
CREATE TRIGGER figures_of_frozen_rounds_never_change
    BEFORE INSERT OR UPDATE OR DELETE ON teams_bonusfigure
    FOR EACH ROW EXECUTE FUNCTION keep_frozen_part();
CREATE TRIGGER findings_of_frozen_rounds_never_change
    BEFORE INSERT OR UPDATE OR DELETE ON teams_bonusfinding
    FOR EACH ROW EXECUTE FUNCTION keep_frozen_part();
CREATE TRIGGER members_of_frozen_rounds_never_change
    BEFORE INSERT OR UPDATE OR DELETE ON teams_bonusmember
    FOR EACH ROW EXECUTE FUNCTION keep_frozen_part();
"""
SIGN = """
CREATE FUNCTION refuse_own_bonus() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM teams_bonusteam t WHERE t.round_id = NEW.round_id AND (
        t.proposed_by_id = NEW.by_id OR EXISTS (
            SELECT 1 FROM teams_bonusmember m WHERE m.team_id = t.id AND m.person_id = NEW.by_id)))
    THEN
        RAISE EXCEPTION 'who proposes or receives a share does not approve the round'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER nobody_approves_their_own_bonus BEFORE INSERT ON teams_bonusapproval
    FOR EACH ROW EXECUTE FUNCTION refuse_own_bonus();

CREATE FUNCTION refuse_own_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM teams_bonusappeal a JOIN teams_bonusteam t ON t.id = a.team_id
               WHERE a.id = NEW.appeal_id AND NEW.by_id IN (a.by_id, t.proposed_by_id))
    THEN
        RAISE EXCEPTION 'an appeal is answered by somebody it is not about'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER nobody_answers_their_own_appeal BEFORE INSERT ON teams_bonusanswer
    FOR EACH ROW EXECUTE FUNCTION refuse_own_answer();
"""
NO_KEEP = """
DROP FUNCTION keep_frozen_part() CASCADE;
DROP FUNCTION round_of_bonus(jsonb) CASCADE;
DROP FUNCTION keep_frozen_round() CASCADE;
"""
NO_SIGN = """
DROP FUNCTION refuse_own_answer() CASCADE;
DROP FUNCTION refuse_own_bonus() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0003_what_teams_are_measured_by"),
        ("kernel", "0002_ledger_is_append_only"),
    ]
    operations = [
        append_only("teams_kpireading", "teams_kpiapproval"),
        migrations.RunSQL(ANOTHER, NOBODY),
        migrations.RunSQL(KEEP, NO_KEEP),
        migrations.RunSQL(SIGN, NO_SIGN),
        append_only(
            *("teams_bonuscosignature", "teams_bonusapproval"),
            *("teams_bonusappeal", "teams_bonusanswer"),
        ),
    ]
