"""Certificates of consultation: how an organisation was consulted, and where its words ended."""
