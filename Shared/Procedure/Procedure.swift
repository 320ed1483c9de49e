/// Procedure.
