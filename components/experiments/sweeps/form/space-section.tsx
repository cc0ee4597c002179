import { Notice } from "@/components/ui/feedback/notice";
import { Section } from "@/components/ui/layout/section";
import type { RecipeView } from "@/server/domains/experiments/contract/recipe";
import { SpaceField } from "./space-field";
import { choicesOf, type SpaceDraft, type SweepDraft } from "./sweep-draft";

export type SpaceSectionProps = { recipe: RecipeView; draft: SweepDraft; faultOf: (field: string) => string | undefined; onChange: (field: string, next: Partial<SweepDraft>) => void };

const fieldOfKey: Partial<Record<string, string>> = { chosen: "values", typed: "values", whenEquals: "when", whenParameter: "when*" };

export function SpaceSection({ recipe, draft, faultOf, onChange }: SpaceSectionProps) {
  const { properties, required } = recipe.definition.parameters;
  const parents = Object.entries(properties).flatMap(([name, schema]) => {
    const own = draft.space[name];
    return own?.mode === "choice" ? [{ name, values: choicesOf(schema, own).map(String) }] : [];
  });
  const setSpace = (name: string, next: Partial<SpaceDraft>) => {
    const own = draft.space[name];
    const [key = ""] = Object.keys(next);
    if (own) onChange(`space.${name}.${fieldOfKey[key] ?? key}`, { space: { ...draft.space, [name]: { ...own, ...next } } });
  };
  const fault = faultOf("space");
  return (
    <Section title="Parameters" description="What varies, and what all runs share.">
      <div className="grid max-w-xl gap-4">
        {fault && <Notice tone="failed">{fault}</Notice>}
        {Object.entries(properties).map(([name, schema]) => {
          const own = draft.space[name];
          if (!own) return null;
          return (
            <SpaceField
              key={name}
              name={name}
              schema={schema}
              required={required.includes(name)}
              fixed={draft.launch.parameters[name] ?? ""}
              own={own}
              sampler={draft.sampler}
              parents={draft.sampler === "grid" ? [] : parents.filter((parent) => parent.name !== name)}
              faultOf={faultOf}
              onFixed={(value) => onChange(`parameters.${name}`, { launch: { ...draft.launch, parameters: { ...draft.launch.parameters, [name]: value } } })}
              onChange={(next) => setSpace(name, next)}
            />
          );
        })}
      </div>
    </Section>
  );
}
