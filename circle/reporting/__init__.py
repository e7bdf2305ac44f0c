"""The monthly report to the sub-district: what the apps count, as one document, and the files of it."""
