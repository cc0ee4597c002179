/** The form, begun with a model. */
export const newMonitorHref = (project: string, model: string) => `/${project}/monitoring/new?model=${encodeURIComponent(model)}`;
