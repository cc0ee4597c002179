import { execFileSync } from "node:child_process";
import { Readable } from "node:stream";
import { beforeAll, describe, expect, test } from "vitest";
import { parseDocuments } from "@/server/domains/catalog/service/apply-files";
import { storeBlob } from "@/server/platform/blob-store/blobs";
import { type TestProject, testProject } from "@/server/platform/testing/project";
import { registerRecipe } from "../recipes";
import { registerRecipeArchive } from "./register-archive";

const yaml = `kind: recipe
name: train
experiment: first-steps
command: [python, train.py]
parameters:
  type: object
  properties:
    rate: { type: number, default: 0.1 }
`;
const lock = `numpy==2.0.0 \\\n    --hash=sha256:${"0".repeat(64)}\n`;

/** Archives as the standard library of another language makes them; `make` gets `add(name, text, mode)`. */
function packed(kind: "zip" | "tar", make: string): Buffer {
  const code = `
import io, sys, tarfile, zipfile
out = io.BytesIO()
if sys.argv[1] == "zip":
    a = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
    def add(name, text="", mode=0o100644):
        info = zipfile.ZipInfo(name); info.external_attr = mode << 16; info.create_system = 3; info.compress_type = zipfile.ZIP_DEFLATED
        a.writestr(info, text)
else:
    a = tarfile.open(fileobj=out, mode="w:gz")
    def add(name, text="", mode=0o100644):
        data = text if isinstance(text, bytes) else text.encode()
        info = tarfile.TarInfo(name); info.size = len(data); info.mode = mode & 0o777; info.mtime = 1700000000
        if mode >> 12 == 0o12: info.type, info.linkname, info.size = tarfile.SYMTYPE, text, 0
        a.addfile(info, io.BytesIO(data))
${make}
a.close()
sys.stdout.buffer.write(out.getvalue())`;
  return execFileSync("python3", ["-c", code, kind], { maxBuffer: 2 ** 28 });
}

const text = (value: string) => JSON.stringify(value);
const folder = (top: string, recipe = yaml) => `
add(${text(`${top}train.py`)}, "print(1)\\n")
add(${text(`${top}run.sh`)}, "#!/bin/sh\\n", 0o100755)
add(${text(`${top}recipe.yaml`)}, ${text(recipe)})
add(${text(`${top}requirements.txt`)}, ${text(lock)})
add(${text(`${top}__pycache__/train.pyc`)}, "x")
`;

let own: TestProject;
beforeAll(async () => {
  own = await testProject();
});

async function put(content: Buffer): Promise<string> {
  return (await storeBlob(own.ctx, Readable.from([content]), {})).sha256;
}

async function register(content: Buffer, folderInside = "", fileName = "train.zip") {
  return registerRecipeArchive(own.ctx, { sha256: await put(content), folder: folderInside, fileName });
}

test("a folder is the same version as zip, as tar.gz, inside one folder, and from the SDK", async () => {
  const first = await register(packed("zip", folder("")));
  expect(first).toMatchObject({ name: "train", version: 1, isNew: true, source: { kind: "archive", fileName: "train.zip" } });
  expect(await register(packed("tar", folder("train/")))).toMatchObject({ id: first.id, version: 1, isNew: false });
  expect(await register(packed("zip", `add("__MACOSX/train/._train.py", "x")\n${folder("train/")}`))).toMatchObject({ id: first.id, isNew: false });
  expect(await register(packed("tar", `add("README.md", "x")\n${folder("ml/train/")}`), "ml/train")).toMatchObject({ id: first.id, isNew: false });
  const sdk = execFileSync("python3", ["-c", `
import sys, pathlib, tempfile
from slipway.source import pack_folder
root = pathlib.Path(tempfile.mkdtemp())
def add(name, text="", mode=0o100644):
    path = root / name; path.parent.mkdir(parents=True, exist_ok=True); path.write_text(text); path.chmod(mode & 0o777)
${folder("")}
sys.stdout.buffer.write(pack_folder(root))`], { env: { ...process.env, PYTHONPATH: "sdk/python" } });
  const { documents } = await parseDocuments(own.ctx, { files: { "recipe.yaml": yaml } });
  const definition = documents[0]?.content as Parameters<typeof registerRecipe>[1]["definition"];
  const fromSdk = await registerRecipe(own.ctx, { definition, codeSha256: await put(sdk), requirementsSha256: await put(Buffer.from(lock)) });
  expect(fromSdk).toMatchObject({ id: first.id, version: 1, isNew: false });
});

describe("what is refused, with a sentence that names it", () => {
  test.each([
    ["a way out of the folder", packed("zip", `add("../evil.py", "x")\n${folder("")}`), /\.\.\/evil\.py/],
    ["an absolute path", packed("zip", `add("/etc/passwd", "x")\n${folder("")}`), /\/etc\/passwd/],
    ["a way out in a tar", packed("tar", `add("a/../../evil.py", "x")\n${folder("")}`), /"a\/\.\.\/\.\.\/evil\.py" leads out of the folder/],
    ["a link in a zip", packed("zip", `add("data", "/etc", 0o120777)\n${folder("")}`), /"data" is a symbolic link/],
    ["a link in a tar", packed("tar", `add("data", "/etc", 0o120777)\n${folder("")}`), /"data" is a symbolic link/],
    ["a bomb in a zip", packed("zip", `add("zeros", b"\\0" * (65 * 1024 * 1024))\n${folder("")}`), /"zeros" it unpacks to more than 67108864 bytes/],
    ["a bomb in a tar", packed("tar", `add("zeros", b"\\0" * (65 * 1024 * 1024))\n${folder("")}`), /unpacks to more than 67108864 bytes/],
    ["too many files", packed("zip", `for i in range(5001): add(f"f{i}", "")`), /more than 5000 entries/],
    ["the same path twice", packed("zip", `add("a.py", "1")\nadd("./a.py", "2")\n${folder("")}`), /"a\.py" is there twice/],
    ["a file where a folder stands, in a zip", packed("zip", `add("a", "1")\nadd("a/b", "2")\n${folder("")}`), /"a" is a file and a folder/],
    ["a file where a folder stands, in a tar", packed("tar", `add("a/b", "1")\nadd("a", "2")\n${folder("")}`), /"a" is a file and a folder/],
    ["a folder where a file stands, in a tar", packed("tar", `add("a", "1")\nadd("a/b", "2")\n${folder("")}`), /"a\/b" lies below a file/],
    ["a name that is too long", packed("tar", `add("${"n".repeat(300)}", "1")\n${folder("")}`), /too long/],
    ["a path too deep", packed("zip", `add("d/" * 65 + "x", "1")\n${folder("")}`), /deeper than 64 folders/],
    ["another format", Buffer.from("Rar!\u001a\u0007 and more"), /neither a zip nor a tar\.gz/],
    ["a cut zip", packed("zip", folder("")).subarray(0, 300), /The archive is refused/],
    ["a cut tar", packed("tar", folder("")).subarray(0, 200), /The archive is refused/],
    ["no recipe", packed("zip", `add("train.py", "x")`), /no recipe\.yaml at the root/],
    ["a recipe deeper down", packed("zip", `add("README", "x")\n${folder("ml/train/")}`), /There is one at ml\/train\/recipe\.yaml/],
    ["YAML that does not parse", packed("zip", folder("", `${yaml}  bad: [1,\n`)), /recipe\.yaml: .*line \d+/],
    ["a field that is wrong", packed("zip", folder("", yaml.replace("type: number", "type: float"))), /recipe\.yaml, line 8: parameters\.properties\.rate\.type: One of/],
    ["a field that is missing", packed("zip", folder("", yaml.replace("experiment: first-steps\n", ""))), /recipe\.yaml, line 1: experiment: A value is needed/],
    ["requirements without hashes", packed("zip", folder("").replace(text(lock), text(`# made by hand\nnumpy==2.0.0\n`))), /requirements\.txt: line 2: "numpy==2\.0\.0" has no hash/],
    ["text that is not UTF-8", packed("zip", `add("recipe.yaml", b"name: \\xff\\xfe")`), /recipe\.yaml: it is not UTF-8/],
  ])("%s", async (_, content, words) => {
    await expect(register(content)).rejects.toMatchObject({ code: "Invalid", message: expect.stringMatching(words) });
  });

  test("a stated size that is too small", async () => {
    const zip = packed("zip", `add("zeros", b"\\0" * 1000000)\n${folder("")}`);
    // The central directory's entry of the first file says 10 bytes.
    const at = zip.indexOf(Buffer.from("PK\u0001\u0002"));
    zip.writeUInt32LE(10, at + 24);
    await expect(register(zip)).rejects.toMatchObject({ code: "Invalid", message: expect.stringMatching(/The archive is refused: too many bytes/) });
  });

  test("content of another project", async () => {
    const sha256 = await put(packed("zip", folder("")));
    const other = await testProject();
    await expect(registerRecipeArchive(other.ctx, { sha256 })).rejects.toMatchObject({ code: "NotFound" });
    await expect(registerRecipeArchive(await own.as("viewer"), { sha256 })).rejects.toMatchObject({ code: "Forbidden" });
  });
});

test("a schema that is not sound in itself is refused by its line, as is a key that is not known", async () => {
  const refusal = async (recipe: string) => registerRecipeArchive(own.ctx, { sha256: await put(packed("zip", folder("", recipe))) });
  await expect(refusal(`${yaml}    name: { type: string, pattern: "(?=a)b" }\n`)).rejects.toMatchObject({ message: expect.stringMatching(/^recipe\.yaml, line 9: parameters\.properties\.name\.pattern: /), detail: { field: "parameters.properties.name.pattern" } });
  await expect(refusal(`${yaml}reources: { cpus: 2 }\n`)).rejects.toMatchObject({ message: expect.stringMatching(/^recipe\.yaml, line 9: reources: Unknown: reources\./) });
});
