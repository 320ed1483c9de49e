import Logging
import Procedure

extension PolicyShelf {
    /// Takes a new version of the pack's file for what is heard from now on, or says in the log why not. Intake decides
    /// nothing about a complaint, so that it keeps no earlier version.
    func look(at file: String, logger: Logger) {
        switch examine(file: file) {
        case .unchanged: break
        case .refused(let reason):
            logger.error("The policy pack is refused", metadata: ["file": "\(file)", "reason": "\(reason)"])
        case .acceptable(let pack, _):
            take(pack)
            logger.notice("What is heard is recorded by a new policy pack", metadata: ["policy": "\(pack.stamp)"])
        }
    }
}
