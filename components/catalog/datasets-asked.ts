/** The catalog lists what was purged too: its row tells what it was. */
export const datasetsAsked = (project: string) => ({ project, content: "all" as const, limit: 100 });
