"""Historic bugs of emulators: does the suite find what was wrong with a release, and find it gone in the next?"""
