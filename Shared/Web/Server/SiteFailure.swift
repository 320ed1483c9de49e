import Runtime

/// Why a service's pages cannot be served: a file that a setting names, a template, a translation.
package struct SiteFailure: StartupFailure, Hashable {
    package let explanation: String
    /// `EX_CONFIG`: somebody has to change a setting or a file.
    package var exitCode: Int32 { 78 }

    package init(_ explanation: String) { self.explanation = explanation }
}
