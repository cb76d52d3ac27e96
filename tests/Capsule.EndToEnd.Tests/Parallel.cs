// One class beside another, as many as there are cores: each test has folders, ports and a CAPSULE_HOME of its own.
[assembly: Parallelize(Workers = 0, Scope = ExecutionScope.ClassLevel)]
