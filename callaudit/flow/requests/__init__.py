"""How requests are sent: clients, what they are told, headers, procedures, sockets."""
