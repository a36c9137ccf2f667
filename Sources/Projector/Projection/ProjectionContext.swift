import Runtime

/// What every part of the projection is handed.
struct ProjectionContext: Sendable {
    let configuration: ProjectionConfiguration
    let logger: Logger
    let metrics: ProjectorMetrics
    let clock: WallClock
    let monotonic: MonotonicClock
}
