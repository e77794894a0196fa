"""What can be told of a repository from its files alone, without loading git."""

from pathlib import Path


def head(path: Path, branch: str | None = None) -> str | None:
    """The commit that `branch` (None: HEAD) stands at, read cheaply, as a cache key for `history`; None if there is none."""
    folder = _git_folder(path)
    if folder is None:
        return None
    common = folder
    if (link := folder / "commondir").is_file():
        common = folder / link.read_text().strip()
    name = f"refs/heads/{branch}" if branch else ""
    if not name:
        value = (folder / "HEAD").read_text().strip() if (folder / "HEAD").is_file() else ""
        if not value.startswith("ref: "):
            return value or None
        name = value.removeprefix("ref: ")
    for base in (folder, common):
        if (file := base / name).is_file():
            return file.read_text().strip()
    packed = common / "packed-refs"
    if packed.is_file():
        for line in packed.read_text(errors="replace").splitlines():
            oid, _, ref = line.partition(" ")
            if ref == name:
                return oid
    return None


def is_bare(path: Path) -> bool:
    """Whether the path is, or would lie in, a repository without a work tree."""
    try:
        return next((_has_git(folder) for folder in (path, *path.absolute().parents) if folder.exists()), False)
    except (OSError, ValueError):
        return False


def _has_git(folder: Path) -> bool:
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()


def _git_folder(path: Path) -> Path | None:
    for folder in (path, *path.absolute().parents):
        if _has_git(folder):
            return folder
        git = folder / ".git"
        if git.is_dir():
            return git
        if git.is_file():
            return folder / git.read_text().strip().removeprefix("gitdir: ")
    return None
