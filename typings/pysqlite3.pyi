# A DB-API module in the shape of the standard library's `sqlite3`.
from types import ModuleType

dbapi2: ModuleType
