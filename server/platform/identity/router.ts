import { instanceRead, instanceWrite, read, router, write } from "../trpc/procedures";
import { changeRole, createPasswordReset, inviteMember, listInvitations, listMembers, removeMember, revokeInvitation } from "./service/members";
import { createProject, getViewer, listProjects } from "./service/projects";
import { createToken, listTokens, revokeToken } from "./service/tokens";

export const identityRouter = router({
  getViewer: read(getViewer),
  listProjects: instanceRead(listProjects),
  createProject: instanceWrite(createProject),
  listMembers: read(listMembers),
  inviteMember: write(inviteMember),
  listInvitations: read(listInvitations),
  revokeInvitation: write(revokeInvitation),
  changeRole: write(changeRole),
  removeMember: write(removeMember),
  createPasswordReset: write(createPasswordReset),
  listTokens: read(listTokens),
  createToken: write(createToken),
  revokeToken: write(revokeToken),
});
