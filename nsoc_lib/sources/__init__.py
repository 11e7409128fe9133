"""The only readers: files of the study, exports of survey tools, and our own cleaned tables."""
