"""The audit log: records in a hash chain, tables that the database lets nobody change, labels of actions."""
