/** `models.requestPromotion` → `request promotion`: the audit's verb as words. */
export function actionWords(action: string): string {
  const verb = action.split(".").at(-1) ?? action;
  return verb.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}
