"""The instrument is measured: which seeded faults of the reference server does the suite find, and how soon?"""
