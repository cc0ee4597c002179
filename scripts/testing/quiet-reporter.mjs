// A Vitest reporter that prints what failed and nothing else: a log of CI is read for that.
import { DefaultReporter } from "vitest/reporters";

export default class QuietReporter extends DefaultReporter {
  onTestModuleEnd(module) {
    if (!module.ok()) super.onTestModuleEnd(module);
  }
}
