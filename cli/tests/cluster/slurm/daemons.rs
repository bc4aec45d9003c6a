//! A Slurm of one machine: its daemons in the foreground, as children of this process, with all that they keep
//! in a folder that goes with them.

use crate::{installed, printed};
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

/// How often it is looked whether an outside program is ready, and how long it is waited between.
const LOOKS: u32 = 3_000;
const BETWEEN: Duration = Duration::from_millis(100);

/// A Slurm that runs until it is dropped.
pub(crate) struct Slurm {
    /// The last to start is the first to stop.
    daemons: Vec<Child>,
    folder: TempDir,
}

impl Slurm {
    /// Starts it, and waits until it takes jobs.
    pub(crate) fn start() -> Self {
        // The address of a socket has at most 107 bytes, so the folder does not lie deep.
        let folder = tempfile::Builder::new()
            .prefix("hotwash-")
            .tempdir_in("/tmp");
        let mut slurm = Self {
            daemons: Vec::new(),
            folder: folder.expect("a folder for the test"),
        };
        slurm.configure();
        slurm.authenticate();
        let configuration = slurm.configuration();
        for (daemon, more) in [("slurmctld", vec![]), ("slurmd", vec!["-N", "node"])] {
            let mut command = Command::new(installed(daemon));
            command.args(["-D", "-f"]).arg(&configuration).args(more);
            slurm.spawn(&mut command, daemon);
        }
        slurm.until("the node is idle", || {
            let node = slurm.ask("sinfo", &["-h", "-o", "%t"]);
            node.is_some_and(|state| state.trim() == "idle")
        });
        slurm
    }

    /// Where jobs run.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Submits what a script submits, and waits until nothing is left in the queue. Returns the number of the
    /// last job.
    pub(crate) fn play(&self, script: &str, binary: &str) -> String {
        let mut bash = Command::new("bash");
        self.set(&mut bash)
            .arg(script)
            .env("HOTWASH", binary)
            .env("COLUMNS", "80");
        let said = printed(&mut bash);
        let last = said.lines().last().and_then(|line| line.split(' ').nth(2));
        let last = last.map(|id| id.trim_end_matches(',').to_owned());
        self.until("the queue is empty", || {
            self.ask("squeue", &["-h"])
                .is_some_and(|jobs| jobs.trim().is_empty())
        });
        last.unwrap_or_else(|| panic!("no job was submitted: {said}"))
    }

    /// How a job ended.
    pub(crate) fn state(&self, job: &str) -> String {
        let said = self
            .ask("scontrol", &["show", "job", job])
            .unwrap_or_default();
        let state = said
            .split_whitespace()
            .find_map(|word| word.strip_prefix("JobState="));
        state
            .unwrap_or_else(|| panic!("job {job}: {said}"))
            .to_owned()
    }

    fn configuration(&self) -> PathBuf {
        self.folder().join("slurm.conf")
    }

    fn configure(&self) {
        let folder = self.folder();
        // Clients reach the socket through the folder.
        let open = fs::Permissions::from_mode(0o755);
        fs::set_permissions(folder, open).expect("the folder is ours");
        for name in ["state", "spool", "munge"] {
            fs::create_dir(folder.join(name)).expect("the folder takes folders");
        }
        let user = printed(Command::new("id").arg("-un"));
        let host = printed(&mut Command::new("hostname"));
        let text = format!(
            "ClusterName=hotwash\n\
             SlurmctldHost={host}(127.0.0.1)\n\
             SlurmUser={user}\n\
             SlurmdUser={user}\n\
             AuthType=auth/munge\n\
             AuthInfo=socket={folder}/munge/socket\n\
             SlurmctldPort={controller}\n\
             SlurmdPort={daemon}\n\
             StateSaveLocation={folder}/state\n\
             SlurmdSpoolDir={folder}/spool\n\
             SlurmctldPidFile={folder}/slurmctld.pid\n\
             SlurmdPidFile={folder}/slurmd.pid\n\
             ProctrackType=proctrack/linuxproc\n\
             TaskPlugin=task/none\n\
             JobAcctGatherType=jobacct_gather/none\n\
             SelectType=select/cons_tres\n\
             SelectTypeParameters=CR_CPU\n\
             SlurmdParameters=config_overrides\n\
             MpiDefault=none\n\
             SchedulerParameters=sched_interval=1,batch_sched_delay=0,sched_min_interval=0\n\
             NodeName=node NodeHostname={host} NodeAddr=127.0.0.1 CPUs=4 State=UNKNOWN\n\
             PartitionName=main Nodes=node Default=YES MaxTime=60 State=UP\n",
            folder = folder.display(),
            user = user.trim(),
            host = host.trim(),
            controller = free_port(),
            daemon = free_port(),
        );
        fs::write(self.configuration(), text).expect("the folder takes files");
    }

    /// Starts the daemon by which the others know each other.
    fn authenticate(&mut self) {
        let folder = self.folder().join("munge");
        let key = folder.join("key");
        let mut random = [0; 128];
        let mut source = fs::File::open("/dev/urandom").expect("there is chance");
        std::io::Read::read_exact(&mut source, &mut random).expect("there is chance");
        fs::write(&key, random).expect("the folder takes files");
        let own = fs::Permissions::from_mode(0o400);
        fs::set_permissions(&key, own).expect("the file is ours");
        let mut command = Command::new(installed("munged"));
        command.args(["--foreground", "--force"]);
        for (option, file) in [
            ("--key-file", "key"),
            ("--socket", "socket"),
            ("--pid-file", "pid"),
            ("--log-file", "log"),
            ("--seed-file", "seed"),
        ] {
            command.arg(format!("{option}={}", folder.join(file).display()));
        }
        self.spawn(&mut command, "munged");
        let socket = folder.join("socket");
        self.until("munged has a socket", || socket.exists());
    }

    fn spawn(&mut self, command: &mut Command, name: &str) {
        let log = fs::File::create(self.folder().join(format!("{name}.log")));
        let log = log.expect("the folder takes files");
        let child = command
            .env("SLURM_CONF", self.configuration())
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a file has two ends"))
            .stderr(log)
            .spawn();
        let child = child.unwrap_or_else(|error| panic!("{name}: {error}"));
        self.daemons.push(child);
    }

    /// Sets a client's environment.
    fn set<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command
            .current_dir(self.folder())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("SLURM_CONF", self.configuration())
    }

    /// What a client answers; `None` where it does not.
    fn ask(&self, client: &str, arguments: &[&str]) -> Option<String> {
        let mut command = Command::new(installed(client));
        let output = self.set(&mut command).args(arguments).output().ok()?;
        let answered = output.status.success();
        answered.then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Waits for an outside program, for five minutes at most.
    fn until(&self, what: &str, holds: impl Fn() -> bool) {
        for _ in 0..LOOKS {
            if holds() {
                return;
            }
            thread::sleep(BETWEEN);
        }
        let logs = ["munged", "slurmctld", "slurmd"].map(|name| {
            let log = fs::read_to_string(self.folder().join(format!("{name}.log")));
            format!("{name}: {}", log.unwrap_or_default())
        });
        panic!("it never came about that {what}:\n{}", logs.join("\n"));
    }
}

impl Drop for Slurm {
    fn drop(&mut self) {
        // Steps outlive the daemon that started them, so there must be none.
        self.ask("scancel", &["--full", "--signal=KILL", "--name=hotwash"]);
        self.ask("scancel", &["--name=hotwash"]);
        for _ in 0..LOOKS / 10 {
            match self.ask("squeue", &["-h"]) {
                Some(jobs) if !jobs.trim().is_empty() => thread::sleep(BETWEEN),
                _ => break,
            }
        }
        while let Some(mut daemon) = self.daemons.pop() {
            let id = daemon.id().to_string();
            let asked = Command::new("kill").args(["-TERM", &id]).status();
            let mut ended = false;
            for _ in 0..LOOKS / 10 {
                ended = !matches!(daemon.try_wait(), Ok(None));
                if ended || asked.is_err() {
                    break;
                }
                thread::sleep(BETWEEN);
            }
            if !ended {
                let _ = daemon.kill();
                let _ = daemon.wait();
            }
        }
    }
}

/// A port that nobody listens on.
fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
    listener.local_addr().expect("it has an address").port()
}
