"""The text of one YAML file: read with every place and remark, edited where it stands, proved to say what was meant."""
