"use client";

import { unstable_createAdapterProvider as createAdapterProvider } from "nuqs/adapters/custom";
import { type UseQueryStatesKeysMap, useQueryStates, type UseQueryStatesOptions, type UseQueryStatesReturn } from "nuqs";
import { createContext, type ReactNode, useContext, useMemo } from "react";

/** The address of a picture that was saved: it says how the picture stands, and nothing changes it. */
const Frozen = createContext<string | null>(null);

const ignore = () => undefined;

const FrozenAdapter = createAdapterProvider(() => {
  const query = useContext(Frozen) ?? "";
  const searchParams = useMemo(() => new URLSearchParams(query), [query]);
  return { searchParams, updateUrl: ignore, getSearchParamsSnapshot: () => new URLSearchParams(query) };
});

export function FrozenAddress({ query, children }: { query: string; children: ReactNode }) {
  return (
    <Frozen value={query}>
      <FrozenAdapter>{children}</FrozenAdapter>
    </Frozen>
  );
}

/** Whether this stands in a saved picture: then its controls are left out. */
export const useIsFrozen = (): boolean => useContext(Frozen) !== null;

/** View state of the address; in a saved picture it can't be changed, for nuqs tells every reader of a key. */
export function useAddressState<Keys extends UseQueryStatesKeysMap>(parsers: Keys, options: Partial<UseQueryStatesOptions<Keys>>): UseQueryStatesReturn<Keys> {
  const isFrozen = useIsFrozen();
  const [state, set] = useQueryStates(parsers, options);
  return [state, isFrozen ? async () => new URLSearchParams() : set];
}
