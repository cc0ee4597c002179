"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import type { RecipeView } from "@/server/domains/experiments/contract/recipe";

/** The version that a form was opened with: what was filled in is not thrown away because a newer one was registered. */
export function useHeldRecipe(latest: RecipeView | undefined): { recipe: RecipeView | undefined; newer: ReactNode } {
  const [held, setHeld] = useState(latest);
  const recipe = held?.name === latest?.name ? held : undefined;
  if (!latest) return { recipe, newer: null };
  if (!recipe) {
    setHeld(latest);
    return { recipe: latest, newer: null };
  }
  if (recipe.id === latest.id) return { recipe, newer: null };
  return {
    recipe,
    newer: (
      <Notice className="mb-3" action={<Button size="sm" onClick={() => setHeld(latest)}>Use v{latest.version}</Button>}>
        Version {latest.version} of this recipe was registered meanwhile. This form is of version {recipe.version}; the newer one's begins anew.
      </Notice>
    ),
  };
}
