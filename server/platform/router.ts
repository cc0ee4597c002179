/** Procedures of the platform itself: search, audit, operations. */
import { listChanges } from "./audit/changes";
import { listAudit, verifyAuditChain } from "./audit/service";
import { getExample } from "./example/service";
import { cancelOperation, getOperation, listOperations } from "./operations";
import { searchObjects } from "./search";
import { listDeadLetters, retryDeadLetter } from "./system/dead-letters";
import { readReclaim } from "./system/reclaim";
import { readStorage } from "./system/storage";
import { read, router, write } from "./trpc/procedures";

export const platformRouter = router({
  searchObjects: read(searchObjects),
  listAudit: read(listAudit),
  listChanges: read(listChanges),
  verifyAuditChain: read(verifyAuditChain),
  readStorage: read(readStorage),
  readReclaim: read(readReclaim),
  listDeadLetters: read(listDeadLetters),
  retryDeadLetter: write(retryDeadLetter),
  getExample: read(getExample),
  getOperation: read(getOperation),
  listOperations: read(listOperations),
  cancelOperation: write(cancelOperation),
});
