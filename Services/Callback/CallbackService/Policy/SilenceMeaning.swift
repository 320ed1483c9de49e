import Contracts
import Procedure

extension SilenceMeaning {
    /// The pack's word as messages say it.
    init(_ silence: ConsentTerms.Silence) {
        switch silence {
        case .ruling: self = .ruling
        case .agreed: self = .agreed
        case .declined: self = .declined
        }
    }
}
