// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISettler} from "../../src/interfaces/ISettler.sol";
import {Fixture} from "../fixture/Fixture.sol";

contract CancelTest is Fixture {
    function test_owner_strategist_and_sentinel_cancel_at_once() public {
        address[3] memory who = [owner, strategist, sentinel];
        for (uint32 i; i < 3; ++i) {
            _propose(_intent(1, 3, 1000));
            vm.expectEmit(address(settler));
            emit ISettler.Cancelled(address(vault), i + 1, who[i]);
            vm.prank(who[i]);
            settler.cancel(address(vault));
            _expect(ISettler.Settler__NotLive.selector);
            _fill(stranger, 1, 3, 1e6);
            _wait(10 minutes);
        }
    }

    function test_a_stranger_cancels_nothing() public {
        _propose(_intent(1, 3, 1000));
        _expect(ISettler.Settler__NotAllowed.selector);
        vm.prank(stranger);
        settler.cancel(address(vault));
    }

    function test_a_cancelled_nonce_is_used_up() public {
        ISettler.Intent memory intent = _intent(1, 3, 1000);
        _propose(intent);
        vm.prank(sentinel);
        settler.cancel(address(vault));
        _wait(10 minutes);
        _expect(ISettler.Settler__WrongNonce.selector);
        _propose(intent);
    }
}
