"""What runs the stages over many inputs."""
