"""Workers: processes of their own for untrusted files, long measurements and exports."""
