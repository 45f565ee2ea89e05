"""The workspace on disk: its folders, its departments and years, which files a year has, and where a command may write."""
