"""Makes the environment that a lock describes, once per lock and interpreter.

Arguments: the lock (uv.lock or requirements.txt) and the folder of the environment. Only wheels are installed, and only
those whose hash the lock names: a source package would run code that no lock covers.
"""
import glob
import os
import shutil
import subprocess
import sys

lock, target = sys.argv[1:3]
done = os.path.join(target, ".complete")
if os.path.exists(done) and open(done).read() == sys.version:
    sys.exit(0)

shutil.rmtree(target, ignore_errors=True)
subprocess.run([os.path.realpath(sys.executable), "-I", "-m", "venv", target], check=True)
sys.path += glob.glob(os.path.join(target, "lib", "python3*", "site-packages"))


def requirements(path):
    """The packages of a uv.lock that the root needs here, as pinned and hashed lines."""
    from pip._vendor import tomli
    from pip._vendor.packaging.markers import Marker

    with open(path, "rb") as file:
        packages = tomli.load(file).get("package", [])

    def is_root(package):
        source = package.get("source", {})
        return source.get("virtual", source.get("editable", source.get("directory"))) == "."

    def find(wanted):
        return next(p for p in packages if p["name"] == wanted["name"] and wanted.get("version", p.get("version")) == p.get("version"))

    def edges(package, extras):
        yield from package.get("dependencies", [])
        for extra in extras:
            yield from package.get("optional-dependencies", {}).get(extra, [])

    waiting = [(package, ()) for package in packages if is_root(package)]
    seen = set()
    while waiting:
        package, extras = waiting.pop()
        for wanted in edges(package, extras):
            if "marker" in wanted and not Marker(wanted["marker"]).evaluate({"extra": ""}):
                continue
            needed, more = find(wanted), tuple(sorted(wanted.get("extra", [])))
            key = (needed["name"], needed.get("version"), more)
            if key not in seen:
                seen.add(key)
                waiting.append((needed, more))

    for package in sorted((p for p in packages if any(k[:2] == (p["name"], p.get("version")) for k in seen)), key=lambda p: p["name"]):
        if is_root(package):
            continue
        source = package["source"]
        name = "./" + source["path"] if "path" in source else package["name"] + "==" + package["version"]
        yield name + "".join(" --hash=" + wheel["hash"] for wheel in package["wheels"])


folder, listed = os.path.dirname(lock), lock
if os.path.basename(lock) == "uv.lock":
    listed = os.path.join(target, "requirements.txt")
    with open(listed, "w") as file:
        file.writelines(line + "\n" for line in requirements(lock))

pip = [os.path.join(target, "bin", "python3"), "-I", "-m", "pip", "--disable-pip-version-check", "--no-input"]
subprocess.run(pip + ["install", "--require-hashes", "--only-binary=:all:", "--no-warn-script-location", "-r", listed], check=True, cwd=folder)
with open(done, "w") as file:
    file.write(sys.version)
