//! A folder, with the program run in it.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// A folder with files.
pub(crate) struct Project {
    folder: TempDir,
}

/// The exit code and output of the program.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }
}

impl Project {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let project = Self { folder: tempfile::tempdir().unwrap() };
        for (path, text) in files {
            project.write(path, text);
        }
        project
    }

    /// Three modules; `shop/orders.py` and `shop/taxes.py` hide an import each, which is one finding each.
    pub(crate) fn shop() -> Self {
        Self::new(&[
            ("pyproject.toml", "[project]\nname = \"shop\"\n"),
            ("shop/__init__.py", ""),
            ("shop/prices.py", "def price(order):\n    return order.total\n"),
            ("shop/orders.py", ORDERS),
            (
                "shop/taxes.py",
                "def tax(order):\n    from shop.prices import price\n\n    return price(order) * 19\n",
            ),
        ])
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.path().join(path)).ok()
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path().join(path)).unwrap();
    }

    /// Runs the program in the folder, as on a user's own machine.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, None)
    }

    /// As [`Project::run`], with a value of `CI`.
    pub(crate) fn run_with(&self, arguments: &[&str], ci: Option<&str>) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_architrave"));
        command.env("ARCHITRAVE_NO_CACHE", "1").args(arguments).current_dir(self.path()).env_remove("CI");
        if let Some(ci) = ci {
            command.env("CI", ci);
        }
        finish(&mut command)
    }

    /// Runs it as a user who may write to all files of the project but `read_only`. Root may write to everything, so if
    /// root runs the test, it switches to another user; then the binary is copied to where that user may run it.
    #[cfg(unix)]
    pub(crate) fn run_without_right_to(&self, read_only: &str, arguments: &[&str]) -> Run {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
        use std::os::unix::process::CommandExt as _;

        const NOBODY: u32 = 65_534;
        let binary = env!("CARGO_BIN_EXE_architrave");
        let file = self.path().join(read_only);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
        if fs::metadata(&file).unwrap().uid() != 0 {
            return finish(
                Command::new(binary)
                    .env("ARCHITRAVE_NO_CACHE", "1")
                    .args(arguments)
                    .current_dir(self.path())
                    .env_remove("CI"),
            );
        }
        let owner = format!("{NOBODY}:{NOBODY}");
        assert!(Command::new("chown").args(["-R", &owner]).arg(self.path()).status().unwrap().success());
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let copy = folder.path().join("architrave");
        // Another program writes the copy: if this one did, a process started by another test meanwhile would inherit
        // the file open for writing, and a file open for writing can't be executed (`ETXTBSY`).
        assert!(Command::new("cp").arg(binary).arg(&copy).status().unwrap().success());
        let mut command = Command::new(copy);
        command
            .env("ARCHITRAVE_NO_CACHE", "1")
            .args(arguments)
            .current_dir(self.path())
            .env_remove("CI")
            .uid(NOBODY)
            .gid(NOBODY);
        finish(&mut command)
    }

    /// Runs git in the folder; it must succeed.
    #[track_caller]
    pub(crate) fn git(&self, arguments: &[&str]) {
        let output = Command::new("git")
            .args(["-c", "user.name=x", "-c", "user.email=x@x", "-c", "init.defaultBranch=main"])
            .args(["-c", "commit.gpgsign=false"])
            .args(arguments)
            .current_dir(self.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

pub(crate) const ORDERS: &str =
    "def total(order):\n    from shop.prices import price\n\n    return price(order)\n";

/// `ORDERS` with its import at module level.
pub(crate) const MENDED: &str =
    "from shop.prices import price\n\n\ndef total(order):\n    return price(order)\n";

fn finish(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
