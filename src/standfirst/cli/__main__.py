"""`python -m standfirst.cli`, which the launcher at the repository's root runs."""

from standfirst.cli.main import main

raise SystemExit(main())
